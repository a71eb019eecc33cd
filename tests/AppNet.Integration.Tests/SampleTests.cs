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

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name.StartsWith("release", StringComparison.Ordinal)
        ? "Release"
        : "Debug";

    private static int RowProcess(string row) =>
        int.Parse(row[32..42].Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
