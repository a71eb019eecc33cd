using System.Globalization;
using System.Text;

namespace AppNet.Load.Results;

/// <summary>Results as a Markdown table, each beside its ratio to the reference of the same run.</summary>
/// <param name="results">The results, in the order of the rows.</param>
internal sealed class ResultTable(IReadOnlyList<LoadResult> results)
{
    private const string Reference = "raw";
    private const double BytesPerMegabyte = 1e6;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        AppendRates(text, [.. results.Where(result => result.CallsPerS is not null)]);
        AppendLinks(text, [.. results.Where(result => result.KbPerLink is not null)]);
        return text.ToString();
    }

    private void AppendRates(StringBuilder text, IReadOnlyList<LoadResult> rates)
    {
        if (rates.Count == 0)
        {
            return;
        }

        AppendRow(
            text,
            "case", "system", "calls/s", "× raw", "MB/s", "p50 µs", "× raw", "p99 µs", "CPU µs/call", "B/call");
        AppendRow(text, "---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (var result in rates)
        {
            AppendRow(
                text,
                NameOf(result),
                result.System,
                Format(result.CallsPerS, "N0"),
                Ratio(result, other => other.CallsPerS),
                Format(result.CallsPerS * result.PayloadBytes / BytesPerMegabyte, "N1"),
                Format(result.P50Us, "N1"),
                Ratio(result, other => other.P50Us),
                Format(result.P99Us, "N1"),
                Format(result.CpuMicrosecondsPerCall(), "N2"),
                Format(result.AllocatedBytesPerCall, "N0"));
        }

        text.AppendLine();
    }

    private void AppendLinks(StringBuilder text, IReadOnlyList<LoadResult> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        AppendRow(text, "case", "system", "KiB/link", "× raw", "first call ms", "× raw");
        AppendRow(text, "---", "---", "--:", "--:", "--:", "--:");
        foreach (var result in links)
        {
            AppendRow(
                text,
                NameOf(result),
                result.System,
                Format(result.KbPerLink, "N1"),
                Ratio(result, other => other.KbPerLink),
                Format(result.FirstCallMs, "N0"),
                Ratio(result, other => other.FirstCallMs));
        }

        text.AppendLine();
    }

    private static string NameOf(LoadResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Workload} {result.Transport} {result.Concurrency:N0} × {result.PayloadBytes:N0} B{LinksOf(result)}");

    private static string LinksOf(LoadResult result) =>
        result.Links is { } links ? string.Create(CultureInfo.InvariantCulture, $" on {links:N0} links") : "";

    private string Ratio(LoadResult result, Func<LoadResult, double?> figure)
    {
        var reference = results.FirstOrDefault(
            other => string.Equals(other.System, Reference, StringComparison.Ordinal) && other.IsSameCaseAs(result));
        return reference is null ? "" : Format(figure(result) / figure(reference), "N3");
    }

    private static string Format(double? figure, string format) =>
        figure?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static void AppendRow(StringBuilder text, params ReadOnlySpan<string?> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
