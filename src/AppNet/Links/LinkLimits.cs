namespace AppNet.Links;

/// <summary>What a side is willing to take on one link, as it says in the handshake. docs/protocol.md, section 4.5.</summary>
/// <param name="Frame">The longest frame in bytes, header not counted.</param>
/// <param name="Calls">The calls that may be unanswered at once.</param>
/// <param name="Tags">The tags that may have numbers.</param>
/// <param name="Raw">Whether raw segments are understood.</param>
/// <param name="Stream">The bytes that may come of one stream before more are granted; 0: streams are not understood.</param>
/// <param name="Streams">The same of all streams of the link together.</param>
internal sealed record LinkLimits(
    int Frame, int Calls, int Tags, bool Raw = true, int Stream = 1024 * 1024, int Streams = 8 * 1024 * 1024)
{
    /// <summary>The defaults: 16 MiB and what goes around it, 65,536 calls, 4,096 tags.</summary>
    public static readonly LinkLimits Default = new((16 * 1024 * 1024) + 4096, 65_536, 4_096);
}
