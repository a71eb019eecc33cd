using AppNet.Tests.Peers;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Who may call what.</summary>
public sealed class CallGuardTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_not_authorized_is_told_so_and_the_function_has_not_run()
    {
        var hasRun = false;
        await using var peers = await Neighbours.StartAsync(
            near: options => options.Group = "guests", far: options => options.Authorize = (call, _) => call.Caller!.Id.Group == "ops");
        peers.Far.Connect("stop", () => { hasRun = true; });

        var failure = await Assert.ThrowsAsync<NetException>(() => peers.ToFar.InvokeAsync<int>("stop", [], Cancelled));

        Assert.Equal(NetError.NotAuthorized, failure.Error);
        Assert.Equal(CallOutcome.HasNotRun, failure.Outcome);
        Assert.False(hasRun);
    }

    [Fact]
    public async Task The_decision_sees_who_calls_what()
    {
        (string? Group, string Tag, string Name) seen = default;
        await using var peers = await Neighbours.StartAsync(
            near: options => options.Group = "ops",
            far: options => options.Authorize = (call, connection) =>
            {
                seen = (call.Caller!.Info!.Group, call.Tag, connection.Tag);
                return true;
            });
        peers.Far.Connect("add", (int a, int b) => a + b);

        Assert.Equal(5, await peers.ToFar.InvokeAsync<int>("add", [2, 3], Cancelled));
        Assert.Equal(("ops", "add", "add"), seen);
    }

    [Fact]
    public async Task A_hidden_function_looks_like_none()
    {
        await using var peers = await Neighbours.StartAsync(far: options =>
        {
            options.HidesFunctions = true;
            options.Authorize = (_, connection) => connection.Tag != "secret";
        });
        peers.Far.Connect("secret", () => 1);
        peers.Far.Connect("open", () => 2);

        var hidden = await Assert.ThrowsAsync<NetException>(() => peers.ToFar.InvokeAsync<int>("secret", [], Cancelled));
        var missing = await Assert.ThrowsAsync<NetException>(() => peers.ToFar.InvokeAsync<int>("nothing", [], Cancelled));
        var offered = await peers.ToFar.ConnectionsAsync(Cancelled);

        Assert.Equal(NetError.NoSuchConnection, hidden.Error);
        Assert.Equal(missing.Message.Replace("nothing", "secret", StringComparison.Ordinal), hidden.Message);
        Assert.Contains(offered, connection => connection.Tag == "open");
        Assert.DoesNotContain(offered, connection => connection.Tag == "secret");
        Assert.Contains(await peers.Far.GetPeer(peers.Far.Id).ConnectionsAsync(Cancelled), connection => connection.Tag == "open");
    }

    [Fact]
    public async Task Without_hiding_a_guarded_function_is_listed()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Authorize = (_, connection) => connection.Tag != "secret");
        peers.Far.Connect("secret", () => 1);

        Assert.Contains(await peers.ToFar.ConnectionsAsync(Cancelled), connection => connection.Tag == "secret");
    }

    [Fact]
    public async Task A_decision_that_fails_refuses_the_call()
    {
        await using var peers = await Neighbours.StartAsync(
            far: options => options.Authorize = (_, _) => throw new InvalidOperationException("The list is gone."));
        peers.Far.Connect("add", (int a, int b) => a + b);

        var failure = await Assert.ThrowsAsync<NetException>(() => peers.ToFar.InvokeAsync<int>("add", [2, 3], Cancelled));

        Assert.Equal(NetError.NotAuthorized, failure.Error);
        Assert.DoesNotContain("The list is gone", failure.ToString(), StringComparison.Ordinal);
        await peers.FarLog.WaitForAsync(entry => entry.EventId.Name == "AuthorizeFailed", Cancelled);
    }
}
