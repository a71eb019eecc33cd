using AppNet.Snippets.Peers;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class PeerSnippetTests
{
    [Fact]
    public async Task The_basic_example_prints_on_the_other_peer()
    {
        await using var stage = new Stage();
        var (near, far, _) = await stage.StartTwoAsync();

        Assert.Equal([$"a message for {far}"], await stage.RunAsync(near, Finding.Basic));
    }

    [Fact]
    public async Task Peers_are_asked_for_in_seven_ways()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();
        await stage.StartAsync();
        await stage.StartAsync("group1");
        await stage.StartAsync("group1", isHub: true);
        await stage.StartAsync("group2", isHub: true);
        await stage.StartAsync("group3", isHub: true);

        Assert.Equal(["5 5 5 2 3 3 2"], await stage.RunAsync(near, Finding.Seven));
    }

    [Fact]
    public async Task A_directory_answers_by_group_index_and_id()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();
        await stage.StartAsync();
        await stage.StartAsync("render");
        await stage.StartAsync("render");

        Assert.Equal(["None: 1", "render: 2", "True", "False"], await stage.RunAsync(near, Finding.Directory));
    }

    [Fact]
    public async Task A_peer_is_named_in_three_ways()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        Assert.Equal(["True"], await stage.RunAsync(near, Finding.Name));
    }

    [Fact]
    public async Task An_id_has_two_texts()
    {
        await using var stage = new Stage();

        Finding.Id();

        Assert.Equal(["MTkyLjE2OC4yLjI0OjMwMTAgLT4gcmVuZGVy", "192.168.2.24:3010 -> render", "True"], stage.Printed);
    }

    [Fact]
    public async Task A_peer_says_who_it_is()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync("render", isHub: true);

        var printed = await stage.RunAsync(near, Finding.Self);

        Assert.Equal([$"{near.Host} {near.Port} render True", near.Id.ToString(), near.Info.ToString()], printed);
    }

    [Fact]
    public async Task Connections_flags_and_subscriptions_can_be_read()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        var printed = await stage.RunAsync(near, Finding.Tables);

        Assert.Contains(printed, line => line.Contains("MultiplyValues(int val1, int val2 = 5)", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.Contains("INVALID_CONNECTION", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.Contains("frame_ready at 0 publishers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watching_begins_with_the_peers_that_are_there()
    {
        await using var stage = new Stage();
        var (near, far, _) = await stage.StartTwoAsync();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stage.Limit);

        var watching = stage.RunAsync(near, () => Finding.Watch(stopping.Token));
        await stage.UntilPrintedAsync($"Joined: {far.Id.ToFriendlyString()}");
        await far.StopAsync(stage.Limit);
        await stage.UntilPrintedAsync($"Left: {far.Id.ToFriendlyString()}");
        await stopping.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<Exception>(() => watching);
    }

    [Fact]
    public async Task A_peer_is_changed_while_it_runs()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        await stage.RunAsync(near, Finding.Change);

        Assert.Equal("render", near.Group);
        Assert.True(near.IsHub);
        Assert.Equal("two", near.Info.Values["gpu"]);
    }

    [Fact]
    public async Task A_group_is_a_snapshot_or_alive()
    {
        await using var stage = new Stage();
        var (near, _, _) = await stage.StartTwoAsync("render");

        Assert.Equal(["1 render"], await stage.RunAsync(near, Finding.OfGroup));
    }

    [Fact]
    public async Task Any_and_all_peers_of_a_group_are_called()
    {
        await using var stage = new Stage();
        var (near, _, _) = await stage.StartTwoAsync("render");
        await stage.StartAsync("render");

        Assert.Equal(["50", "50", "50"], await stage.RunAsync(near, Finding.CallGroup));
    }

    [Fact]
    public async Task Two_peers_of_one_process_call_each_other_in_memory()
    {
        await using var stage = new Stage();

        await Several.Two();

        Assert.Equal(["50"], stage.Printed);
    }
}
