using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class DoorsTests
{
    private const int Places = 256;

    [Fact]
    public async Task Strangers_who_begin_a_handshake_at_one_listener_delay_nobody_at_another()
    {
        await using var site = new DoorSite(listeners: 2);
        for (var i = 0; i <= Places; i++)
        {
            await site.KnockAsync(0);
        }

        var dialled = await site.DialAsync(1).Within();

        Assert.True(dialled.IsDialler);
    }

    [Fact]
    public async Task Strangers_who_go_no_further_leave_their_places_after_two_seconds()
    {
        var time = new ManualTimeProvider();
        await using var site = new DoorSite(time: time);
        for (var i = 0; i < Places; i++)
        {
            await site.KnockAsync(0);
        }

        await Soon.Until(() => time.ScheduledTimers >= Places, "all places are taken");
        var dialling = site.DialAsync(0);
        time.Advance(TimeSpan.FromSeconds(2));

        await dialling.Within();
    }

    [Fact]
    public async Task A_link_too_many_is_refused_with_the_reason_and_logged()
    {
        await using var site = new DoorSite(maxLinks: 1);
        await site.DialAsync(0).Within();
        await Soon.Until(() => site.Links.Count == 1, "the first link is up");

        var refused = await Assert.ThrowsAsync<NetException>(() => site.DialAsync(0, port: 4009).Within());

        Assert.Equal(NetError.Overloaded, refused.Error);
        Assert.Contains("1 links are up", refused.Message, StringComparison.Ordinal);
        var line = await site.Log.WaitForAsync(entry => entry.EventId.Name == "StrangerRefused", TestContext.Current.CancellationToken).Within();
        Assert.Contains("MaxLinks", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_fails_is_tried_again_and_logged()
    {
        var time = new ManualTimeProvider();
        await using var site = new DoorSite(time: time, wrap: listener => new FailingOnceListener(listener));
        var line = await site.Log.WaitForAsync(entry => entry.EventId.Name == "ListenerFailed", TestContext.Current.CancellationToken).Within();
        await time.WaitForTimerAsync(TimeSpan.FromMilliseconds(20)).Within();

        time.Advance(TimeSpan.FromMilliseconds(20));

        await site.DialAsync(0).Within();
        Assert.Contains("Too many open files", line.Exception?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_refusals_the_first_is_logged_and_the_others_are_counted()
    {
        var time = new ManualTimeProvider();
        var log = new LogRecorder();
        using var refusals = new RefusalLog(time, log.CreateLogger("AppNet"));
        for (var i = 0; i < 1_000; i++)
        {
            refusals.Add($"stranger {i}", "No proof.");
        }

        time.Advance(RefusalLog.Period);
        time.Advance(RefusalLog.Period);
        refusals.Add("another", "No proof.");

        Assert.Equal(["StrangerRefused", "StrangersRefused", "StrangerRefused"], log.Entries.Select(entry => entry.EventId.Name));
        Assert.Contains("999 more", log.Entries[1].Message, StringComparison.Ordinal);
        Assert.Contains("stranger 999", log.Entries[1].Message, StringComparison.Ordinal);
    }
}
