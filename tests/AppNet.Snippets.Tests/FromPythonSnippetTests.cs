using AppNet.Snippets.FromPython;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class FromPythonSnippetTests
{
    [Fact]
    public async Task Calls_are_tasks()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["110"], await stage.RunAsync(near, () => Rows.Wait(toFar)));
    }

    [Fact]
    public async Task A_time_limit_is_no_argument()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Empty(await stage.RunAsync(near, () => Rows.TimeOut(toFar)));
    }

    [Fact]
    public async Task A_peer_is_found_from_its_start_on()
    {
        var network = new MemoryNetwork();
        await using var looking = new LocalPeer(new NetOptions { Network = network });
        await using var peer = new LocalPeer(new NetOptions { Network = network, Group = "render" });
        await looking.StartAsync(TestContext.Current.CancellationToken);

        var before = await looking.GetPeersAsync(refresh: true, cancellationToken: TestContext.Current.CancellationToken);
        await peer.StartAsync(TestContext.Current.CancellationToken);
        var after = await looking.GetPeersAsync(refresh: true, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(before);
        Assert.Equal([peer.Id], after.Select(found => found.Id));
    }

    [Fact]
    public async Task A_peer_for_tests_lives_in_memory()
    {
        await using var stage = new Stage();

        await Rows.Test();

        Assert.Equal(["None"], stage.Printed);
    }

    [Fact]
    public async Task An_id_is_taken_apart_and_put_together()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync("render");

        Assert.Equal(["192.168.2.24 3010 None", near.Id.ToString()], await stage.RunAsync(near, Rows.Id));
    }

    [Fact]
    public async Task An_info_has_the_six_fields()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync("render");

        Assert.Equal(
            [$"render {far.Host} {far.Port} False", $"{Environment.ProcessPath} {Environment.UserName}"],
            await stage.RunAsync(near, () => Rows.FriendlyId(toFar)));
    }

    [Fact]
    public async Task Nobody_there_is_told_as_that()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        Assert.Equal(["HasNotRun"], await stage.RunAsync(near, Rows.Refused));
    }

    [Fact]
    public async Task What_failed_there_is_thrown_here()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync();
        _ = far.Connect("fail", int () => throw new InvalidOperationException("It failed."));

        Assert.Equal(["True"], await stage.RunAsync(near, () => Rows.Raises(toFar)));
    }

    [Fact]
    public async Task A_peer_changes_its_group_while_it_runs()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        await stage.RunAsync(near, Rows.Configure);

        Assert.Equal(("render", true), (near.Group, near.IsHub));
    }

    [Fact]
    public async Task All_a_group_or_one_peer_are_subscribed_to()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync("group1");

        Assert.Equal(["3"], await stage.RunAsync(near, () => Rows.SubscribeTo(toFar)));
        Assert.DoesNotContain(near.Subscriptions.Rules, rule => rule.EventName == "my_event");
    }
}
