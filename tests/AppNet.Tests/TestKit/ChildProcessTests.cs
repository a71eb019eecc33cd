using AppNet.TestKit;
using Xunit;

namespace AppNet.Tests.TestKit;

public sealed class ChildProcessTests
{
    private const string Unix = "The test's programs are a Unix shell's.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_read_and_written_and_the_exit_code_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Unix);
        await using var child = Shell("echo ready $NAME; read line; echo got $line; exit 3", new(StringComparer.Ordinal) { ["NAME"] = "x" });

        Assert.Equal("ready x", await child.WaitForLineAsync(line => line.StartsWith("ready", StringComparison.Ordinal), Cancelled));
        await child.WriteLineAsync("this", Cancelled);
        await child.WaitForLineAsync(line => line is "got this", Cancelled);

        Assert.Equal(3, await child.WaitForExitAsync(Cancelled));
        Assert.Equal(["ready x", "got this"], child.Output);
    }

    [Fact]
    public async Task A_line_that_never_comes_fails_with_all_that_was_printed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Unix);
        await using var child = Shell("echo something; echo wrong >&2");
        await child.WaitForExitAsync(Cancelled);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => child.WaitForLineAsync(line => line is "else", Cancelled));

        Assert.Contains("something", failure.Message, StringComparison.Ordinal);
        Assert.Contains("wrong", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_frozen_thawed_and_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The state is read where Linux shows it.");
        await using var child = Shell("echo ready; while read line; do echo $line; done");
        await child.WaitForLineAsync(line => line is "ready", Cancelled);

        await child.FreezeAsync(Cancelled);
        await WaitForStateAsync(child, 'T');
        await child.WriteLineAsync("go on", Cancelled);
        Assert.Equal(["ready"], child.Output);
        await child.ThawAsync(Cancelled);
        await child.WaitForLineAsync(line => line is "go on", Cancelled);
        child.Kill();

        Assert.Equal(128 + 9, await child.WaitForExitAsync(Cancelled));
        Assert.True(child.HasExited);
    }

    [Fact]
    public async Task Disposing_ends_it_also_when_frozen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The process is looked up where Linux shows it.");
        var child = Shell("echo ready; exec sleep 1000");
        await child.WaitForLineAsync(line => line is "ready", Cancelled);
        int id = child.Id;
        await child.FreezeAsync(Cancelled);

        await child.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    private static ChildProcess Shell(string script, Dictionary<string, string?>? environment = null) =>
        ChildProcess.Start("/bin/sh", ["-c", script], environment);

    private static async Task WaitForStateAsync(ChildProcess child, char state)
    {
        while (true)
        {
            string stat = await File.ReadAllTextAsync($"/proc/{child.Id}/stat", Cancelled);
            if (stat[stat.LastIndexOf(')') + 2] == state)
            {
                return;
            }

            await Task.Yield();
        }
    }
}
