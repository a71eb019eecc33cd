using AppNet.Diagnostics;

namespace AppNet.Links;

/// <summary>
/// Counts what one link carries for who listens, a sum at a time: on the way in and out nothing is counted but two totals. Safe for use
/// from many threads.
/// </summary>
/// <param name="reader">The way in.</param>
/// <param name="writer">The way out.</param>
internal sealed class ByteMeter(LinkReader reader, LinkWriter writer)
{
    private readonly Lock _gate = new();

    // Guarded by _gate. The totals that are counted already.
    private long _received;
    private long _sent;

    /// <summary>Counts what was carried since the last time.</summary>
    public void Count()
    {
        long received;
        long sent;
        lock (_gate)
        {
            (received, _received) = Advance(_received, reader.Bytes);
            (sent, _sent) = Advance(_sent, writer.Bytes);
        }

        // Listeners are the program's own code: told with no lock held.
        Add(received, Telemetry.Received);
        Add(sent, Telemetry.Sent);
    }

    private static (long More, long Total) Advance(long counted, long total) => (total - counted, total);

    private static void Add(long bytes, KeyValuePair<string, object?> direction)
    {
        if (bytes > 0)
        {
            Telemetry.Add(Telemetry.Bytes, bytes, direction);
        }
    }
}
