namespace AppNet.Load.Results;

/// <summary>The trials of one system in one case.</summary>
/// <param name="results">One result a trial; at least one.</param>
internal sealed class Trials(IReadOnlyList<LoadResult> results)
{
    private const int Digits = 3;

    /// <summary>Takes the median of each figure by itself, rounded for reading.</summary>
    /// <returns>The result to report.</returns>
    public LoadResult Median() => results[0] with
    {
        Calls = MedianOf(trial => trial.Calls),
        Seconds = MedianOf(trial => trial.Seconds),
        CallsPerS = MedianOf(trial => trial.CallsPerS),
        P50Us = MedianOf(trial => trial.P50Us),
        P99Us = MedianOf(trial => trial.P99Us),
        ServerCpuS = MedianOf(trial => trial.ServerCpuS),
        ClientCpuS = MedianOf(trial => trial.ClientCpuS),
        AllocatedBytesPerCall = MedianOf(trial => trial.AllocatedBytesPerCall),
        KbPerLink = MedianOf(trial => trial.KbPerLink),
        FirstCallMs = MedianOf(trial => trial.FirstCallMs),
    };

    private double? MedianOf(Func<LoadResult, double?> figure)
    {
        var sorted = results.Select(figure).OfType<double>().Order().ToArray();
        if (sorted.Length == 0)
        {
            return null;
        }

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Math.Round(median, Digits);
    }
}
