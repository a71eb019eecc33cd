using System.Globalization;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Integration.Tests;

/// <summary>Our peers and a Python script that knows nothing of them, over real sockets.</summary>
public sealed class PythonTests
{
    private const string SkipReason = "There is no python3 on this host.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static bool HasPython => FindPython() is not null;

    [Theory(Timeout = Neighbourhood.Patience, Skip = SkipReason, SkipUnless = nameof(HasPython))]
    [InlineData("0.4")]
    [InlineData("0.6")]
    public async Task A_Python_peer_is_found_called_and_subscribed_to(string wire)
    {
        await using var here = new Neighbourhood();
        var local = await here.StartLocalAsync(options => (options.Python, options.PythonProbeInterval) = (true, TimeSpan.FromSeconds(1)));
        await using var script = StartScript("serve", wire, Text(here.PortEnd));
        _ = await script.WaitForLineAsync(line => line == "ready", Cancelled);

        var found = await local.GetPeersAsync(refresh: true, cancellationToken: Cancelled);
        var peer = Assert.Single(found);
        Assert.Equal(("Python", wire, here.PortEnd, "script"), (peer.Info!.Runtime, peer.Info.Version, peer.Id.Port, peer.Info.User));
        Assert.Equal(3, await peer.InvokeAsync<int>("Add", [1, 2], Cancelled));
        Assert.Equal(double.PositiveInfinity, await peer.PassThroughAsync(double.PositiveInfinity, Cancelled));
        Assert.Equal("漢字 \U0001F600", await peer.PassThroughAsync("漢字 \U0001F600", Cancelled));
        var failure = await Assert.ThrowsAsync<RemoteException>(() => peer.InvokeAsync("Fail", [], Cancelled));
        Assert.Equal(("ValueError", "boom"), (failure.RemoteType, failure.RemoteMessage));
        var missing = await Assert.ThrowsAsync<NetException>(() => peer.InvokeAsync("Missing", [], Cancelled));
        Assert.Equal(NetError.NoSuchConnection, missing.Error);

        var seen = new TaskCompletionSource<(int, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = await local.SubscribeAsync(
            "tick", (int number, string text) => seen.TrySetResult((number, text)), cancellationToken: Cancelled);
        await peer.InvokeAsync("Raise", new CallArguments("tick", 7) { ["text"] = "seven" }, Cancelled);
        Assert.Equal((7, "seven"), await seen.Task.WaitAsync(Cancelled));
    }

    [Theory(Timeout = Neighbourhood.Patience, Skip = SkipReason, SkipUnless = nameof(HasPython))]
    [InlineData("0.4")]
    [InlineData("0.6")]
    public async Task A_Python_peer_finds_calls_and_subscribes_to_us(string wire)
    {
        await using var here = new Neighbourhood();
        var local = await here.StartLocalAsync(options => (options.Python, options.Group) = (true, "render"));
        _ = local.Connect("Add", (int a, int b) => a + b);
        var address = $"127.0.0.1:{Text(local.Port)}";

        Assert.Equal("answer 3", await FirstLineAsync("call", wire, address, "Add", "[1, 2]"));
        Assert.Equal("answer [5.0, NaN]", await FirstLineAsync("call", wire, address, "net.defaults.handlers.pass_through", "[[5.0, NaN]]"));
        Assert.StartsWith("answer {\"payload\": \"error\"", await FirstLineAsync("call", wire, address, "Add", "[1]"), StringComparison.Ordinal);

        await using var script = StartScript("serve", wire, Text(here.PortEnd), address, "tick");
        _ = await script.WaitForLineAsync(line => line == "ready", Cancelled);
        await local.RaiseAsync("tick", new EventArguments(1, 2.0) { ["text"] = "é" });
        await local.RaiseAsync("tick", new EventArguments(2));
        Assert.Equal("event [[1, 2.0], {\"text\": \"\\u00e9\"}]", await script.WaitForLineAsync(line => line.StartsWith("event", StringComparison.Ordinal), Cancelled));
        _ = await script.WaitForLineAsync(line => line == "event [[2], {}]", Cancelled);
    }

    [Theory(Timeout = Neighbourhood.Patience, Skip = SkipReason, SkipUnless = nameof(HasPython))]
    [InlineData("0.4")]
    [InlineData("0.6")]
    public async Task A_peer_that_has_answered_nothing_yet_is_found_within_a_tenth_of_a_second(string wire)
    {
        // The time is the Python library's. On a machine that is busy with others any one attempt may take longer: one peer of several is
        // found by its first question, where every one is new.
        for (var attempt = 1; ; attempt++)
        {
            await using var here = new Neighbourhood();
            var peer = await here.StartPeerAsync("serve", ("NET_PYTHON", "1"));
            var line = await FirstLineAsync("sweep", wire, Text(here.PortStart), Text(here.PortEnd));
            if (line == $"found {Text(peer.Id.Port)} None")
            {
                return;
            }

            Assert.True(attempt < 10, line);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> FirstLineAsync(params string[] arguments)
    {
        await using var script = StartScript(arguments);
        _ = await script.WaitForExitAsync(Cancelled);
        return script.Output.FirstOrDefault() ?? "";
    }

    private static ChildProcess StartScript(params string[] arguments) => ChildProcess.Start(
        FindPython()!, [Path.Combine(AppContext.BaseDirectory, "Python", "peer.py"), .. arguments]);

    private static string? FindPython() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "python3"))
        .FirstOrDefault(File.Exists);
}
