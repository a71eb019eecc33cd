using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AppNet.Generators.Tests;

public sealed class CacheTests
{
    private const string Connected =
        """
        using AppNet;
        public static partial class Calc
        {
            /// <summary>Doubles.</summary>
            [Connect] public static int Twice(int value = 2, CancellationToken ct = default) => 2 * value;
            [Connect] public static partial Task<List<string>> Render(int frame, Peer peer);
            [Connect] private static int Faulty(int value) => value;
            [Connect] public static Task Call(Func<int, Task<string>> callback, Action? progress = null) => callback(1);
            public class Service { [Connect] public int Thrice(int value) => 3 * value; }
            [Event("ready", Prepare = nameof(Shape))] public static partial Task Ready(int frame);
            [Event("done")] public static partial Task Done(int frame, string path = "none");
            private static EventArguments Shape(EventArguments arguments) => arguments;
            [Subscribe("ready", Groups = ["a", "b"])] [Subscribe("done")] public static void OnReady(EventContext context) { }
            [Flag("BUSY")] public static object? OnBusy(FlagContext context) => null;
            [Flag("BUSY")] public static object? OnBusyAgain() => null;
        }
        [PeerContract] public interface ICalc { Task<int> Twice(int value, CancellationToken token = default); Task Nothing(); }
        [PeerContract] public interface IFaulty { int Twice(int value); }
        """;

    [Fact]
    public void An_unrelated_edit_leaves_every_step_as_it_was()
    {
        CSharpCompilation before = GeneratorRun.Compile(Connected, "class Other { }");
        GeneratorRun run = GeneratorRun.Of(before);

        GeneratorRunResult result = RunAgain(run, before, before.SyntaxTrees[1], "class Other { int Added() => 1; }");

        Assert.All(Names, name => Assert.All(Reasons(result, name), AssertUnchanged));
        Assert.All(
            result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason),
            reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_that_moves_a_function_writes_no_code_anew()
    {
        CSharpCompilation before = GeneratorRun.Compile(Connected, "class Other { }");
        GeneratorRun run = GeneratorRun.Of(before);

        GeneratorRunResult result = RunAgain(run, before, before.SyntaxTrees[0], "// A line above.\n" + before.SyntaxTrees[0]);

        string[] writing =
            ["Functions", "Types", "Bodies", "Definitions", "Events", "Subscribers", "SubscriberAdditions", "Flags", "FlagAdditions", "Contracts", "ContractAdditions",
             "Catalogue"];
        Assert.All(writing, name => Assert.All(Reasons(result, name), AssertUnchanged));
    }

    [Fact]
    public void An_edit_of_a_function_changes_its_step()
    {
        CSharpCompilation before = GeneratorRun.Compile(Connected, "class Other { }");
        GeneratorRun run = GeneratorRun.Of(before);

        GeneratorRunResult result = RunAgain(
            run,
            before,
            before.SyntaxTrees[0],
            before.SyntaxTrees[0].ToString().Replace("value = 2", "value = 3", StringComparison.Ordinal));

        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result, "Types"));
    }

    private static string[] Names =>
    [
        "Parsed", "Functions", "Types", "Bodies", "Definitions", "References", "Catalogue", "Language",
        "ParsedEvents", "Events", "ParsedSubscribers", "Subscribers", "SubscriberAdditions", "ParsedFlags", "Flags", "FlagAdditions",
        "ParsedContracts", "Contracts", "ContractAdditions",
    ];

    private static GeneratorRunResult RunAgain(GeneratorRun run, CSharpCompilation before, SyntaxTree tree, string text)
    {
        CSharpCompilation after = before.ReplaceSyntaxTree(
            tree,
            CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
        return run.Driver.RunGenerators(after, TestContext.Current.CancellationToken).GetRunResult().Results[0];
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string name)
    {
        ImmutableArray<IncrementalGeneratorRunStep> steps = result.TrackedSteps[name];
        Assert.NotEmpty(steps);
        return [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
    }

    private static void AssertUnchanged(IncrementalStepRunReason reason) =>
        Assert.True(
            reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
            $"The step was run and its outcome was: {reason}.");
}
