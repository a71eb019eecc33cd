namespace AppNet;

/// <summary>
/// How long a linked peer may be silent. Any byte from it counts as life. Times count from its last one.
/// </summary>
public sealed record KeepAliveOptions
{
    /// <summary>Gets the default for a peer on this host: 0.5, 1 and 2 s.</summary>
    public static KeepAliveOptions OnHost { get; } = Of(0.5, 1, 2);

    /// <summary>Gets the default for a peer on another host: 1, 3 and 5 s.</summary>
    public static KeepAliveOptions OnNetwork { get; } = Of(1, 3, 5);

    /// <summary>Gets after how much silence the peer is asked for a sign of life. Default: 0.5 s on this host, 1 s beyond it.</summary>
    public required TimeSpan PingAfter { get; init; }

    /// <summary>Gets after how much silence the peer is doubted: it is asked again, and the log says so. Default: 1 s, 3 s.</summary>
    public required TimeSpan DoubtAfter { get; init; }

    /// <summary>Gets after how much silence the peer counts as lost. Default: 2 s, 5 s. At most an hour.</summary>
    public required TimeSpan LostAfter { get; init; }

    internal bool IsValid =>
        TimeSpan.Zero < PingAfter && PingAfter < DoubtAfter && DoubtAfter < LostAfter && LostAfter <= TimeSpan.FromHours(1);

    /// <summary>Returns the three times.</summary>
    /// <returns>The times in seconds.</returns>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{PingAfter.TotalSeconds} / {DoubtAfter.TotalSeconds} / {LostAfter.TotalSeconds} s");

    private static KeepAliveOptions Of(double ping, double doubt, double lost) => new()
    {
        PingAfter = TimeSpan.FromSeconds(ping),
        DoubtAfter = TimeSpan.FromSeconds(doubt),
        LostAfter = TimeSpan.FromSeconds(lost),
    };
}
