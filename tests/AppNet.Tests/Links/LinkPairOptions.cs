using AppNet.Links;
using Microsoft.Extensions.Logging;

namespace AppNet.Tests.Links;

/// <summary>How the two sides of a <see cref="LinkPair"/> are made.</summary>
internal sealed record LinkPairOptions
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public LinkOptions Link { get; init; } = new();

    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    public long MaxArgumentBytesPerLink { get; init; } = 256 * 1024 * 1024;

    public TimeSpan? DefaultTimeout { get; init; }

    /// <summary>Gets the level from which on the sides log.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Trace;

    /// <summary>Gets whether what the sides send and receive can be held, dropped or cut.</summary>
    public bool IsFaulty { get; init; }
}
