using System.Globalization;

namespace AppNet.Load.Workloads;

/// <summary>One workload at one size.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Concurrency">Calls in flight on the one link; for W5 the number of links.</param>
/// <param name="PayloadBytes">What a call carries each way, without any frame or encoding.</param>
internal sealed record LoadCase(string Workload, int Concurrency, int PayloadBytes)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Such as <c>W3/8/65536</c>.</param>
    /// <returns>The case.</returns>
    public static LoadCase Parse(string text)
    {
        var parts = text.Split('/');
        return new(
            parts[0],
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Workload}/{Concurrency}/{PayloadBytes}");
}
