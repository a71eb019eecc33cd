using AppNet.Snippets.Events;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class EventSnippetTests
{
    [Fact]
    public async Task Events_of_a_loop_reach_a_marked_handler_in_order()
    {
        await using var stage = new Stage();
        var publisher = await stage.StartAsync();
        await stage.StartAsync();
        await stage.UntilSubscribedAsync(publisher, "frame_ready", 1);

        await stage.RunAsync(publisher, Using.Loop);
        await stage.UntilPrintedAsync("3 3.png");

        Assert.Equal(["1 1.png", "2 2.png", "3 3.png"], stage.Printed);
    }

    [Fact]
    public async Task Hooks_shape_and_clean_what_is_delivered()
    {
        await using var stage = new Stage();
        var publisher = await stage.StartAsync();
        var subscriber = await stage.StartAsync();
        using var images = await subscriber.SubscribeAsync(
            "image_ready", (int width, string path) => Console.WriteLine($"{width} {path}"), cancellationToken: stage.Limit);
        using var names = await subscriber.SubscribeAsync(
            "name_changed", (string name, int id) => Console.WriteLine($"'{name}' {id}"), cancellationToken: stage.Limit);

        await stage.RunAsync(publisher, async () =>
        {
            await Shop.ImageReady(new Image(640, "a.png"));
            await Shop.NameChanged(" Ann ", 7);
        });

        await stage.UntilPrintedAsync("640 a.png");
        await stage.UntilPrintedAsync("'Ann' 7");
    }

    [Fact]
    public async Task Only_the_peers_of_a_rule_are_heard()
    {
        await using var stage = new Stage();
        var subscriber = await stage.StartAsync();
        var inGroup = await stage.StartAsync("group1");
        var hub = await stage.StartAsync(isHub: true);
        await stage.UntilSubscribedAsync(inGroup, "done", 1);
        await stage.UntilSubscribedAsync(hub, "done", 1);

        await inGroup.RaiseAsync("done", [1]);
        await hub.RaiseAsync("done", [2]);
        await stage.UntilPrintedAsync("1 in group1");
        await stage.UntilPrintedAsync("2 at a hub");

        Assert.DoesNotContain("2 in group1", stage.Printed);
        Assert.DoesNotContain("1 at a hub", stage.Printed);
        Assert.Contains(subscriber.Subscriptions.Rules, rule => rule.Peers is [{ Host: "127.0.0.1", Port: 3011 }]);
    }

    [Fact]
    public async Task A_handler_knows_the_number_of_an_event()
    {
        await using var stage = new Stage();
        var publisher = await stage.StartAsync();
        await stage.StartAsync();
        await stage.UntilSubscribedAsync(publisher, "counted", 1);

        await publisher.RaiseAsync("counted", [5]);
        await publisher.RaiseAsync("counted", [6]);
        await stage.UntilPrintedAsync("2: 6");

        Assert.Equal(["1: 5", "2: 6"], stage.Printed);
    }

    [Fact]
    public async Task Events_are_read_as_a_stream()
    {
        await using var stage = new Stage();
        var publisher = await stage.StartAsync();
        var subscriber = await stage.StartAsync("reader");
        var reading = stage.RunAsync(subscriber, () => Using.Stream(subscriber.GetPeer(publisher.Id), count: 3));
        while (publisher.Subscriptions["frame_ready"].Count < 1 || subscriber.Subscriptions.Rules.Count(rule => rule.EventName == "frame_ready" && rule.Publishers.Count > 0) < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stage.Limit);
        }

        await stage.RunAsync(publisher, Using.Loop);

        Assert.Equal(["1 1.png, 0 missed", "2 2.png, 0 missed", "3 3.png, 0 missed"], (await reading).Where(line => line.EndsWith("missed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Handlers_subscribe_to_all_a_group_one_and_several()
    {
        await using var stage = new Stage();
        var publisher = await stage.StartAsync("group1");
        var subscriber = await stage.StartAsync();
        Using.Ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var subscribed = stage.RunAsync(subscriber, () => Using.Handlers(subscriber.GetPeer(publisher.Id)));
        while (subscriber.Subscriptions.Rules.Count(rule => rule.EventName == "tick" && rule.Publishers.Count > 0) < 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stage.Limit);
        }

        await stage.RunAsync(publisher, Using.ByName);
        foreach (var name in (string[])["all", "group", "one", "several"])
        {
            await stage.UntilPrintedAsync($"{name}: 1");
        }

        await stage.UntilPrintedAsync("7 7.png");
        Using.Ready.SetResult();
        await subscribed;
        Assert.DoesNotContain(subscriber.Subscriptions.Rules, rule => rule.EventName == "tick");
    }

    [Fact]
    public async Task Subscribers_and_rules_can_be_looked_at()
    {
        await using var stage = new Stage();
        var publisher = await stage.StartAsync();
        var subscriber = await stage.StartAsync();
        await stage.UntilSubscribedAsync(publisher, "frame_ready", 1);

        var printed = await stage.RunAsync(publisher, Using.Look);

        Assert.Contains($"frame_ready: {publisher.Subscriptions["frame_ready"][0]}", printed);
        Assert.Contains("frame_ready: 0 handled, 0 missed, 0 failed", printed);
        Assert.Equal(subscriber.Id, publisher.Subscriptions["frame_ready"][0].Id);
    }
}
