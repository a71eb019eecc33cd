namespace Trimmed;

/// <summary>A value that travels as JSON.</summary>
internal sealed record Image(int Width, int Height, string Path);
