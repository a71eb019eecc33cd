using AppNet.Load.Results;
using AppNet.Load.Systems;
using AppNet.Load.Workloads;

namespace AppNet.Load.Runs;

/// <summary>One run of the program: every trial that was asked for, the JSON lines, the table.</summary>
internal sealed class LoadRun
{
    private readonly LoadOptions _options;
    private readonly ResultLines _lines;
    private readonly List<LoadResult> _results = [];
    private bool _failed;

    private LoadRun(LoadOptions options, ResultLines lines)
    {
        _options = options;
        _lines = lines;
    }

    /// <summary>Runs it.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="cancellationToken">Ends it early, with all processes.</param>
    /// <returns>The exit code: 0, or 1 when a trial failed or none ran.</returns>
    public static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        using var lines = new ResultLines(options.Json);
        var run = new LoadRun(options, lines);
        try
        {
            await run.MeasureAsync(cancellationToken);
        }
        catch (LoadException wrong)
        {
            run.Fail(wrong.Message);
        }

        Console.WriteLine();
        Console.Write(new ResultTable(run._results));
        return run._failed || run._results.Count == 0 ? 1 : 0;
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var systems = _options.Systems.Select(SystemCatalogue.Create).ToArray();
        var transports = _options.Transports.Select(ParseTransport).ToArray();
        foreach (var workload in _options.Workloads)
        {
            var cases = WorkloadCatalogue.CasesOf(workload, _options.Quick);
            if (cases.Count == 0)
            {
                Say($"skipped: {workload} is not a workload of this program");
            }

            foreach (var transport in transports)
            {
                var able = systems.Where(system => IsAble(system, transport, workload, cases)).ToArray();
                foreach (var load in cases)
                {
                    await MeasureCaseAsync(able, transport, load, cancellationToken);
                }
            }
        }
    }

    // Trials go round the systems, so that a machine that slows down or speeds up does so for all of them.
    private async Task MeasureCaseAsync(
        ISystem[] systems, LoadTransport transport, LoadCase load, CancellationToken cancellationToken)
    {
        var trials = systems.Select(system => (System: system, Results: new List<LoadResult>())).ToArray();
        for (var round = 1; round <= _options.Repeat; round++)
        {
            foreach (var (system, results) in trials)
            {
                Say($"{system.Name} {transport.ToString().ToLowerInvariant()} {load} trial {round} of {_options.Repeat}");
                await TryAsync(new Trial(_options, system, transport, load), results, cancellationToken);
            }
        }

        foreach (var trial in trials.Where(trial => trial.Results.Count > 0))
        {
            var median = new Trials(trial.Results).Median();
            _lines.Write(median);
            _results.Add(median);
        }
    }

    private async Task TryAsync(Trial trial, List<LoadResult> results, CancellationToken cancellationToken)
    {
        try
        {
            results.Add(await trial.RunAsync(cancellationToken));
        }
        catch (Exception wrong) when (wrong is LoadException or IOException)
        {
            Fail(wrong.Message);
        }
    }

    private static bool IsAble(ISystem system, LoadTransport transport, string workload, IReadOnlyList<LoadCase> cases)
    {
        var able = system.Supports(transport, workload);
        if (!able && cases.Count > 0)
        {
            Say($"skipped: {system.Name} does not do {workload} over {transport.ToString().ToLowerInvariant()}");
        }

        return able;
    }

    private static LoadTransport ParseTransport(string name) =>
        Enum.TryParse<LoadTransport>(name, ignoreCase: true, out var transport)
            ? transport
            : throw new LoadException($"There is no transport '{name}'; there are tcp, uds, tls.");

    private void Fail(string message)
    {
        _failed = true;
        Say("failed: " + message);
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
