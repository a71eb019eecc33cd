using System.Text.RegularExpressions;
using Xunit;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>The commands of CONTRIBUTING.md are run by .ci/run: by a step of their own, or as they stand there.</summary>
public sealed partial class ContributingTests
{
    private static readonly string Script = File.ReadAllText(Path.Combine(Sources.Root, ".ci", "run"));

    // What a step of .ci/run runs in its own words, and those words.
    private static readonly Dictionary<string, string> StepsOfTheirOwn = new(StringComparer.Ordinal)
    {
        [".ci/run"] = "#!/usr/bin/env bash",
        ["dotnet build"] = "step build dotnet build AppNet.slnx",
        ["dotnet test"] = "dotnet test --logger",
        ["dotnet test tests/AppNet.Architecture.Tests"] = "dotnet test --logger",
        ["dotnet format whitespace AppNet.slnx --verify-no-changes"] = "dotnet format whitespace AppNet.slnx --no-restore --verify-no-changes",
        ["dotnet format style AppNet.slnx --verify-no-changes"] = "dotnet format style AppNet.slnx --no-restore --verify-no-changes",
        ["CI=true dotnet pack src/AppNet -c Release"] = "dotnet pack src/AppNet -c Release",
    };

    [Fact]
    public void Every_command_is_run_by_a_step()
    {
        var missing =
            from command in Commands()
            where StepsOfTheirOwn.TryGetValue(command, out var words)
                ? !Script.Contains(words, StringComparison.Ordinal)
                : !Filtered().IsMatch(command)
            select $"'{command}' of CONTRIBUTING.md is run by no step of .ci/run.";

        Expect.None(missing);
    }

    [Fact]
    public void The_tests_that_a_filter_names_are_there()
    {
        var tests = TestNames.All();

        Expect.None(
            from command in Commands()
            let filter = Filtered().Match(command)
            where filter.Success && !tests.Any(test => test.Contains(filter.Groups["part"].Value, StringComparison.Ordinal))
            select $"'{command}' of CONTRIBUTING.md finds no test.");
    }

    [Fact]
    public void Commands_are_found()
    {
        var commands = Commands().ToArray();

        Assert.Contains("dotnet build", commands);
        Assert.Contains(commands, command => Filtered().IsMatch(command));
        Assert.Contains("run_filtered_tests", Script, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Commands() =>
        from block in Block().Matches(File.ReadAllText(Path.Combine(Sources.Root, "CONTRIBUTING.md")))
        from line in block.Groups["commands"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let command = line.Split(" #")[0].Trim()
        where command.Length > 0
        select command;

    [GeneratedRegex("^ *```sh\n(?<commands>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    // .ci/run runs these as they stand on the page.
    [GeneratedRegex("^dotnet test (?<project>[a-zA-Z./]+) --filter [a-zA-Z]+~(?<part>[a-zA-Z_]+)$")]
    private static partial Regex Filtered();
}
