using System.Globalization;
using System.Text.RegularExpressions;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Integration.Tests;

public sealed class SampleTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task The_command_of_the_readme_prints_fifty_for_each_and_leaves_nothing_behind()
    {
        await using var here = new Neighbourhood();
        await using var sample = ChildProcess.Start(
            "dotnet",
            ["run", "--no-build", "--project", "samples/Multiply", "--configuration", Configuration],
            here.Variables(),
            Programs.Root);

        Assert.True(await sample.WaitForExitAsync(Cancelled) == 0, sample.ToString());

        var output = sample.Output;
        Assert.StartsWith("peer ", output[0], StringComparison.Ordinal);
        var row = Assert.Single(output, line => line.Contains(Environment.MachineName, StringComparison.Ordinal));
        var (other, process) = (row.Split("  ")[0], RowProcess(row));
        Assert.Contains(output, line => line.StartsWith($"5 * 10 = 50   {other}, first, ", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith($"5 * 10 = 50   {other}, again, ", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("5 * 10 = 50   here, ", StringComparison.Ordinal));
        Assert.False(Directory.Exists($"/proc/{process}"), $"Process {process} still runs.");
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task The_sample_also_finds_a_peer_served_in_another_terminal()
    {
        await using var here = new Neighbourhood();
        var serving = here.StartProgram(Programs.Sample("Multiply"), ["serve"]);
        await serving.WaitForLineAsync(line => line.StartsWith("Serving", StringComparison.Ordinal), Cancelled);
        var local = await here.StartLocalAsync();
        await foreach (var change in local.WatchPeersAsync(Cancelled))
        {
            if (change.Info.ProcessId == serving.Id)
            {
                break;
            }
        }

        await local.StopAsync(Cancelled);
        var sample = here.StartProgram(Programs.Sample("Multiply"), []);

        Assert.True(await sample.WaitForExitAsync(Cancelled) == 0, sample.ToString());
        var rows = sample.Output.Where(line => line.Contains(Environment.MachineName, StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, rows.Length);
        Assert.Contains(rows, row => RowProcess(row) == serving.Id);
        Assert.Equal(5, sample.Output.Count(line => line.StartsWith("5 * 10 = 50 ", StringComparison.Ordinal)));

        await serving.SignalAsync("INT", Cancelled);
        Assert.Equal(0, await serving.WaitForExitAsync(Cancelled));
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Theory(Timeout = Neighbourhood.Patience)]
    [InlineData("kill")]
    [InlineData("freeze")]
    public async Task The_sample_of_loss_shows_a_call_that_ends_with_peer_lost(string way)
    {
        await using var here = new Neighbourhood();
        var sample = here.StartProgram(Programs.Sample("Lost"), [way]);

        Assert.True(await sample.WaitForExitAsync(Cancelled) == 0, sample.ToString());

        Assert.Contains(sample.Output, line => line.Trim() == "error     PeerLost");
        Assert.Contains(sample.Output, line => line.Trim() == "function  MayHaveRun");
        var other = Regex.Match(sample.Output[0], "^Process ([0-9]+) is the peer 127").Groups[1].Value;
        Assert.False(Directory.Exists($"/proc/{other}"), $"Process {other} still runs.");
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task The_sample_of_subscriptions_shows_a_hub_that_starts_last()
    {
        await using var here = new Neighbourhood();
        var sample = here.StartProgram(Programs.Sample("Subscription"), []);

        Assert.True(await sample.WaitForExitAsync(Cancelled) == 0, sample.ToString());

        foreach (var listener in new[] { "first", "second" })
        {
            var printed = sample.Output.Where(line => line.StartsWith(listener, StringComparison.Ordinal)).Select(line => line[8..]).ToArray();
            Assert.Contains("listens", printed[0], StringComparison.Ordinal);
            Assert.Equal(["1: A hub that starts last is found all the same.", "2: Nobody named anybody.", "3: That was all."], printed[1..]);
        }

        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task What_is_typed_at_the_hub_is_printed_by_who_listens_in_other_terminals()
    {
        await using var here = new Neighbourhood();
        var listener = here.StartProgram(Programs.Sample("Subscription"), ["listen"]);
        await listener.WaitForLineAsync(line => line.Contains("listens", StringComparison.Ordinal), Cancelled);
        var hub = here.StartProgram(Programs.Sample("Subscription"), ["hub"]);

        // Subscribing takes a moment; a line typed before it is numbered, and told to nobody.
        var number = 0;
        string published;
        do
        {
            await hub.WriteLineAsync($"line {++number}", Cancelled);
            published = await hub.WaitForLineAsync(line => line.EndsWith($": line {number}", StringComparison.Ordinal), Cancelled);
        }
        while (published != $"Published to 1: line {number}");

        await listener.WaitForLineAsync(line => line == $"{number}: line {number}", Cancelled);
        hub.CloseInput();
        Assert.Equal(0, await hub.WaitForExitAsync(Cancelled));
        await listener.SignalAsync("INT", Cancelled);
        Assert.Equal(0, await listener.WaitForExitAsync(Cancelled));
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task The_sample_of_tags_shows_which_function_is_found_in_another_version()
    {
        await using var here = new Neighbourhood();
        var sample = here.StartProgram(Programs.Sample("Tagged"), []);

        Assert.True(await sample.WaitForExitAsync(Cancelled) == 0, sample.ToString());

        Assert.Contains("  there: Welcome, dear Ann", sample.Output);
        Assert.Contains("  here:  Goodbye Ann", sample.Output);
        var failed = Assert.Single(sample.Output, line => line.StartsWith("  there: NoSuchConnection, HasNotRun:", StringComparison.Ordinal));
        Assert.Contains("'Shop.Till.Farewell'", failed, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Version_2_of_the_sample_of_tags_calls_version_1_too()
    {
        await using var here = new Neighbourhood();
        var first = here.StartProgram(Programs.Sample("Tagged"), ["serve"]);
        await first.WaitForLineAsync(line => line.StartsWith("Version 1 serves", StringComparison.Ordinal), Cancelled);
        var local = await here.StartLocalAsync();
        await foreach (var change in local.WatchPeersAsync(Cancelled))
        {
            if (change.Info.ProcessId == first.Id)
            {
                break;
            }
        }

        await local.StopAsync(Cancelled);
        var second = here.StartProgram(Programs.Sample("TaggedVersion2"), []);

        Assert.True(await second.WaitForExitAsync(Cancelled) == 0, second.ToString());
        Assert.Contains(second.Output, line => line.EndsWith(": Hello Ann", StringComparison.Ordinal));
        Assert.Contains("shop.greet here: Welcome, dear Ann", second.Output);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task The_sample_says_how_it_is_used_when_it_does_not_know_an_argument()
    {
        await using var here = new Neighbourhood();
        var sample = here.StartProgram(Programs.Sample("Multiply"), ["server"]);

        Assert.Equal(2, await sample.WaitForExitAsync(Cancelled));

        Assert.Contains("'server'", sample.ToString(), StringComparison.Ordinal);
        Assert.Contains("Usage", sample.ToString(), StringComparison.Ordinal);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name.StartsWith("release", StringComparison.Ordinal)
        ? "Release"
        : "Debug";

    private static int RowProcess(string row) =>
        int.Parse(row[32..42].Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
