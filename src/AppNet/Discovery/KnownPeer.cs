using AppNet.Transport;

namespace AppNet.Discovery;

/// <summary>One instance in a <see cref="PeerTable"/>: what each source says of it. Guarded by the table's lock.</summary>
internal sealed class KnownPeer
{
    private readonly Dictionary<string, Report> _reports = new(StringComparer.Ordinal);

    /// <summary>Gets all reports as one; valid while there is one.</summary>
    public PeerRecord Merged { get; private set; } = null!;

    /// <summary>Gets whether no source knows the peer any longer.</summary>
    public bool IsForgotten => _reports.Count == 0;

    /// <summary>Takes in what a source says.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="record">What it says.</param>
    /// <param name="stamp">The number of this report; later ones are higher.</param>
    public void Add(string source, PeerRecord record, long stamp)
    {
        _reports[source] = new Report(record, stamp);
        Merge();
    }

    /// <summary>Takes in what the peer itself now says.</summary>
    /// <param name="info">What it says.</param>
    public void Update(PeerInfo info)
    {
        foreach (var (source, report) in _reports.ToArray())
        {
            _reports[source] = report with { Record = report.Record with { Info = info } };
        }

        Merge();
    }

    /// <summary>Gets the number of a source's last report.</summary>
    /// <param name="source">The source's name.</param>
    /// <returns>The number, or -1 when the source does not know the peer.</returns>
    public long StampOf(string source) => _reports.TryGetValue(source, out var report) ? report.Stamp : -1;

    /// <summary>Gets what a source said last.</summary>
    /// <param name="source">The source's name.</param>
    /// <returns>What it said, or null when the source does not know the peer.</returns>
    public PeerRecord? ReportOf(string source) => _reports.GetValueOrDefault(source)?.Record;

    /// <summary>Drops what a source said.</summary>
    /// <param name="source">The source's name.</param>
    public void Remove(string source)
    {
        if (_reports.Remove(source) && _reports.Count > 0)
        {
            Merge();
        }
    }

    private void Merge()
    {
        var newestFirst = _reports.OrderByDescending(report => report.Value.Stamp).Select(report => report.Value.Record).ToList();
        Merged = new PeerRecord
        {
            Info = newestFirst[0].Info,
            Addresses = [.. newestFirst.SelectMany(record => record.Addresses).Distinct().OrderBy(Rank)],
            Secret = newestFirst.Find(record => !record.Secret.IsEmpty)?.Secret ?? default,
            IsOnHost = newestFirst.Exists(record => record.IsOnHost),
            Sources = [.. _reports.Keys.Order(StringComparer.Ordinal)],
        };
    }

    // OrderBy is stable: within a kind, the newest source's order stays.
    private static int Rank(TransportAddress address) => address.Transport switch
    {
        "memory" => 0,
        "unix" => 1,
        _ => 2,
    };

    private sealed record Report(PeerRecord Record, long Stamp);
}
