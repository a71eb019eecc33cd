namespace AppNet.Load.Systems.Http2;

/// <summary>The body of a request to add.</summary>
/// <param name="Left">One number.</param>
/// <param name="Right">The other.</param>
internal sealed record AddRequest(int Left, int Right);
