namespace AppNet.Load.Systems.Http2;

/// <summary>The body of the answer.</summary>
/// <param name="Sum">The sum.</param>
internal sealed record AddAnswer(int Sum);
