using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Contracts: offered by one peer, called by a typed proxy on another, by tag, and here.</summary>
public sealed class ContractTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proxy_calls_what_the_peer_offers()
    {
        await using var pair = await PeerPair.StartAsync();
        using var offer = pair.Far.Offer<IMath>(new PlainMath());
        IMath math = pair.ToFar.As<IMath>();

        Assert.Equal(7, await math.Add(3, 4));
        Assert.Equal(8, await math.Add(3));
        Assert.Equal("it is plain", await math.Describe("it"));
    }

    [Fact]
    public async Task A_method_is_called_by_tag_as_well()
    {
        await using var pair = await PeerPair.StartAsync();
        using var offer = pair.Far.Offer<IMath>(new PlainMath());

        Assert.Equal(8, await pair.ToFar.InvokeAsync<int>("math.Add", new CallArguments(3), Token));
        Assert.Contains(pair.Far.Connections, connection => connection.Signature == "math.Add(int left, int right = 5) : int");
    }

    [Fact]
    public async Task A_peer_calls_its_own_offer_without_the_wire()
    {
        await using var pair = await PeerPair.StartAsync();
        IMath math = pair.Far.As<IMath>();
        var before = await Assert.ThrowsAsync<NetException>(() => math.Add(3, 4));
        using var offer = pair.Far.Offer<IMath>(new PlainMath());

        Assert.Equal(7, await math.Add(3, 4));
        Assert.Equal(NetError.NoSuchConnection, before.Error);
    }

    [Fact]
    public async Task Who_offers_a_contract_offers_those_it_inherits()
    {
        await using var pair = await PeerPair.StartAsync();
        using var offer = pair.Far.Offer<IPlainMath>(new PlainMath());

        Assert.Equal(-3, await pair.ToFar.As<IPlainMath>().Negate(3));
        Assert.Equal(7, await pair.ToFar.As<IPlainMath>().Add(3, 4));
        Assert.Equal(7, await pair.ToFar.As<IMath>().Add(3, 4));
    }

    [Fact]
    public async Task An_offer_that_is_disposed_of_is_withdrawn()
    {
        await using var pair = await PeerPair.StartAsync();
        var offer = pair.Far.Offer<IMath>(new PlainMath());
        IMath math = pair.ToFar.As<IMath>();
        _ = await math.Add(3, 4);

        offer.Dispose();

        var thrown = await Assert.ThrowsAsync<NetException>(() => math.Add(3, 4));
        Assert.Equal(NetError.NoSuchConnection, thrown.Error);
    }

    [Fact]
    public async Task Withdrawing_an_offer_leaves_the_one_that_has_replaced_it()
    {
        await using var pair = await PeerPair.StartAsync();
        var first = pair.Far.Offer<IMath>(new PlainMath());
        using var second = pair.Far.Offer<IMath>(new PlainMath());

        first.Dispose();

        Assert.Equal(7, await pair.ToFar.As<IMath>().Add(3, 4));
    }

    [Fact]
    public async Task A_token_of_the_methods_own_cancels_over_there()
    {
        await using var pair = await PeerPair.StartAsync();
        var plain = new PlainMath();
        using var offer = pair.Far.Offer<IMath>(plain);
        using var source = new CancellationTokenSource();
        Task<int> call = pair.ToFar.As<IMath>().Wait(source.Token);
        await plain.Waiting.Task.WaitAsync(Patience, Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await plain.Cancelled.Task.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task A_handle_with_a_time_limit_limits_each_call()
    {
        await using var pair = await PeerPair.StartAsync();
        using var offer = pair.Far.Offer<IMath>(new PlainMath());

        var thrown = await Assert.ThrowsAsync<NetException>(
            () => pair.ToFar.With(timeout: TimeSpan.FromMilliseconds(50)).As<IMath>().Wait(Token));

        Assert.Equal(NetError.TimedOut, thrown.Error);
    }

    [Fact]
    public async Task What_the_implementation_throws_is_thrown_by_the_proxy()
    {
        await using var pair = await PeerPair.StartAsync();
        using var offer = pair.Far.Offer<IMath>(new PlainMath());

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => pair.ToFar.As<IMath>().Fail("broken"));

        Assert.Equal("broken", thrown.Message);
    }

    [Fact]
    public async Task An_interface_without_the_attribute_is_named()
    {
        await using var pair = await PeerPair.StartAsync();

        var thrown = Assert.Throws<ArgumentException>(() => pair.ToFar.As<IDisposable>());

        Assert.Contains("'IDisposable'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("[PeerContract]", thrown.Message, StringComparison.Ordinal);
    }
}
