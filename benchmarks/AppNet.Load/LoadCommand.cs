using System.CommandLine;
using System.CommandLine.Parsing;
using AppNet.Load.Processes;
using AppNet.Load.Runs;
using AppNet.Load.Systems;
using AppNet.Load.Workloads;

namespace AppNet.Load;

/// <summary>The command line: what is measured, how long, how often.</summary>
internal static class LoadCommand
{
    private static readonly Option<string> Names = new("--systems")
    {
        Description = "Systems to compare, by comma: " + string.Join(", ", SystemCatalogue.Names) + ".",
        DefaultValueFactory = _ => string.Join(',', SystemCatalogue.Names),
    };

    private static readonly Option<string> Transports = new("--transports")
    {
        Description = "Transports, by comma: tcp, uds, tls.",
        DefaultValueFactory = _ => "tcp",
    };

    private static readonly Option<string> Workloads = new("--workloads")
    {
        Description = "Workloads, by comma: " + string.Join(", ", WorkloadCatalogue.Names) + ".",
        DefaultValueFactory = _ => "W1,W2,W3",
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "How long each trial is measured.",
        DefaultValueFactory = _ => 5,
        Validators = { result => Require(result, result.GetValueOrDefault<double>() > 0, "above 0") },
    };

    private static readonly Option<double> Warmup = new("--warmup")
    {
        Description = "Seconds of the same load before that; fewer than 2 measure code that is still being compiled.",
        DefaultValueFactory = _ => 2,
        Validators = { result => Require(result, result.GetValueOrDefault<double>() >= 0, "at least 0") },
    };

    private static readonly Option<int> Repeat = new("--repeat")
    {
        Description = "Trials of each case, each with processes of its own; medians are reported.",
        DefaultValueFactory = _ => 3,
        Validators = { result => Require(result, result.GetValueOrDefault<int>() >= 1, "at least 1") },
    };

    private static readonly Option<FileInfo?> Json = new("--json")
    {
        Description = "A file that takes the JSON lines too; it is replaced.",
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "One small case of each workload: shows that all works, and measures nothing.",
    };

    private static readonly Option<Pinning> Pin = new("--pin")
    {
        Description = "same: client and server share one core.",
        DefaultValueFactory = _ => Pinning.None,
    };

    /// <summary>Makes the command.</summary>
    /// <returns>The root command; its exit code is 1 when a trial failed or none ran.</returns>
    public static RootCommand Create()
    {
        var command = new RootCommand("Measures remote calls side by side: client and server as separate processes.")
        {
            Names, Transports, Workloads, Seconds, Warmup, Repeat, Json, Quick, Pin,
        };
        command.SetAction((parsed, cancellationToken) => LoadRun.RunAsync(Read(parsed), cancellationToken));
        return command;
    }

    private static void Require(OptionResult result, bool holds, string range)
    {
        if (!holds)
        {
            result.AddError($"{result.Option.Name} has to be {range}.");
        }
    }

    private static LoadOptions Read(ParseResult parsed) => new(
        Split(parsed.GetValue(Names)),
        Split(parsed.GetValue(Transports)),
        Split(parsed.GetValue(Workloads)),
        TimeSpan.FromSeconds(parsed.GetValue(Warmup)),
        TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        parsed.GetValue(Repeat),
        parsed.GetValue(Json),
        parsed.GetValue(Quick),
        parsed.GetValue(Pin));

    private static string[] Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
