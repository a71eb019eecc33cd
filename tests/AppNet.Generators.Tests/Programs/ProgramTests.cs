using Xunit;

namespace AppNet.Generators.Tests.Programs;

/// <summary>Programs as users write them, with two peers of one process on the network in memory.</summary>
public sealed class ProgramTests : IAsyncLifetime
{
    private readonly LocalPeer _caller;
    private readonly LocalPeer _callee;

    public ProgramTests()
    {
        var network = new MemoryNetwork();
        _caller = new LocalPeer(new NetOptions { Network = network });
        _callee = new LocalPeer(new NetOptions { Network = network, Group = "newsroom" });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Peer Callee => _caller.GetPeer(_callee.Id);

    public async ValueTask InitializeAsync()
    {
        await _caller.StartAsync(Token);
        await _callee.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync();
        await _callee.DisposeAsync();
    }

    [Fact]
    public async Task A_bare_connect_is_called_by_its_name_and_runs_on_the_peer_that_was_asked()
    {
        Peer itself = _caller.GetPeer(_caller.Id);

        Assert.Equal(_callee.Port, await Newsroom.WhereAmI(peer: Callee, cancellationToken: Token));
        Assert.Equal(_caller.Port, await Newsroom.WhereAmI(peer: itself, cancellationToken: Token));
    }

    [Fact]
    public async Task An_event_raised_in_a_function_leaves_the_peer_it_runs_on_as_its_hook_shaped_it()
    {
        await UntilSubscribedAsync("programs.image_ready");
        await UntilSubscribedAsync("programs.cleaned");

        int publisher = await Newsroom.Publish("a.png", peer: Callee, cancellationToken: Token);
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        while (seen.Count < 2)
        {
            // The other tests publish too, with other texts.
            string line = await Newsroom.Seen.Reader.ReadAsync(Token);
            _ = line.Contains("a.png", StringComparison.Ordinal) && seen.Add(line);
        }

        Assert.Equal(_callee.Port, publisher);
        Assert.Equal(["cleaned 'a.png' 1", $"image 640 a.png {_callee.Port}"], seen);
    }

    [Fact]
    public async Task What_a_hook_throws_reaches_the_raiser_and_nothing_is_sent()
    {
        var seen = 0;
        using Subscription subscription = await _caller.SubscribeAsync(
            "programs.cleaned", (string _, int _) => Interlocked.Increment(ref seen), Callee, Token);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Newsroom.PublishBadly(peer: Callee, cancellationToken: Token));

        await Newsroom.Publish("good", peer: Callee, cancellationToken: Token);
        await UntilAsync(() => subscription.Handled > 0);
        Assert.Equal((1, 0L), (seen, subscription.Missed));
    }

    [Fact]
    public async Task An_event_raised_in_a_loop_comes_as_a_stream()
    {
        await using IAsyncEnumerator<EventItem<int>> ticks = _caller.SubscribeAsync<int>("programs.ticked", from: Callee, Token).GetAsyncEnumerator(Token);
        ValueTask<bool> next = ticks.MoveNextAsync();
        await UntilSubscribedAsync("programs.ticked");

        await Newsroom.Tick(5, peer: Callee, cancellationToken: Token);

        for (var i = 1; i <= 5; i++)
        {
            Assert.True(i == 1 ? await next : await ticks.MoveNextAsync());
            Assert.Equal((i, 0L), (ticks.Current.Value, ticks.Current.Missed));
        }
    }

    private Task UntilSubscribedAsync(string eventName) => UntilAsync(() => _callee.Subscriptions[eventName].Count > 0);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }
}
