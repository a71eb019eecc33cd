using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Tests.Links;
using AppNet.Tests.Peers;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Calls through the overload with <c>peer: null</c>: the pipeline less the wire, on the peer that a function runs on.</summary>
public sealed class LocalCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flag_thrown_here_is_handled_here()
    {
        await using var peers = await Neighbours.StartAsync();
        peers.Near.SetFlag("BUSY", context => context.Peer is null && context.PeerInfo is null ? context.Connection : "not here");
        var busy = FunctionConnection.Create("busy", string () => throw new FlagException("BUSY"), TypeInfo<string>());

        Assert.Equal("busy", await RunAsync<string>(peers, busy).Within());
    }

    [Fact]
    public async Task A_flag_of_an_asynchronous_function_is_handled_here()
    {
        await using var peers = await Neighbours.StartAsync();
        peers.Near.SetFlag("BUSY", _ => 5);
        var busy = FunctionConnection.Create(
            "busy",
            async Task<int> (CancellationToken _) =>
            {
                await Task.Yield();
                throw new FlagException("BUSY");
            },
            TypeInfo<int>());

        Assert.Equal(5, await RunAsync<int>(peers, busy).Within());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flag_returned_here_is_handled_here(bool yields)
    {
        await using var peers = await Neighbours.StartAsync();
        var nothing = FunctionConnection.Create(
            "nothing",
            async Task<object> (CancellationToken _) =>
            {
                if (yields)
                {
                    await Task.Yield();
                }

                return Flag.Of(Flag.Null);
            },
            TypeInfo<object>());

        Assert.Equal("NULL", await RunAsync<object>(peers, nothing).Within());
    }

    [Fact]
    public async Task A_flag_without_a_handler_here_names_itself()
    {
        await using var peers = await Neighbours.StartAsync();
        var busy = FunctionConnection.Create("busy", string () => throw new FlagException("BUSY"), TypeInfo<string>());

        var thrown = await Assert.ThrowsAsync<FlagException>(() => RunAsync<string>(peers, busy).Within());

        Assert.Equal("BUSY", thrown.Name);
    }

    [Fact]
    public async Task A_handler_that_raises_a_flag_is_not_asked_again()
    {
        await using var peers = await Neighbours.StartAsync();
        var asked = 0;
        peers.Near.SetFlag("BUSY", _ =>
        {
            asked++;
            throw new FlagException("BUSY");
        });
        var busy = FunctionConnection.Create("busy", object () => Flag.Of("BUSY"), TypeInfo<object>());

        _ = await Assert.ThrowsAsync<FlagException>(() => RunAsync<object>(peers, busy).Within());

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_verified_call_hands_over_copies()
    {
        await using var peers = await Neighbours.StartAsync(options => options.VerifyLocalCalls = true);
        List<int> given = [1, 2];
        List<int>? taken = null;
        var keep = FunctionConnection.Create("keep", (List<int> list) => taken = list, TypeInfo<List<int>>(), TypeInfo<List<int>>());

        var result = await RunAsync<ValueTuple<List<int>>, List<int>>(peers, keep, new(given)).Within();

        Assert.Equal(given, taken);
        Assert.Equal(given, result);
        Assert.NotSame(given, taken);
        Assert.NotSame(taken, result);
    }

    [Fact]
    public async Task A_verified_call_fails_with_arguments_that_can_not_travel()
    {
        await using var peers = await Neighbours.StartAsync(options => options.VerifyLocalCalls = true);
        var hasRun = false;
        var take = FunctionConnection.Create("take", (Knot _) => hasRun = true, TypeInfo<Knot>(), TypeInfo<bool>());

        var thrown = await Assert.ThrowsAsync<NetException>(
            () => RunAsync<ValueTuple<Knot>, bool>(peers, take, new(new Knot())).Within());

        Assert.Equal(NetError.BadArguments, thrown.Error);
        Assert.False(hasRun);
    }

    [Fact]
    public async Task A_verified_call_fails_with_a_result_that_can_not_travel()
    {
        await using var peers = await Neighbours.StartAsync(options => options.VerifyLocalCalls = true);
        var make = FunctionConnection.Create("make", () => new Knot(), TypeInfo<Knot>());

        var thrown = await Assert.ThrowsAsync<NetException>(() => RunAsync<Knot>(peers, make).Within());

        Assert.Equal(NetError.BadResult, thrown.Error);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public async Task Calls_are_verified_in_development_unless_told_otherwise(bool dev, bool? verify, bool expected)
    {
        await using var peers = await Neighbours.StartAsync(options =>
        {
            options.Dev = dev;
            options.VerifyLocalCalls = verify;
        });
        List<int> given = [1];
        var same = FunctionConnection.Create("same", (List<int> list) => list, TypeInfo<List<int>>(), TypeInfo<List<int>>());

        var result = await RunAsync<ValueTuple<List<int>>, List<int>>(peers, same, new(given)).Within();

        Assert.Equal(expected, !ReferenceEquals(given, result));
        Assert.Equal(expected, peers.Near.Options.VerifyLocalCalls);
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T));

    private static Task<TResult> RunAsync<TResult>(Neighbours peers, ConnectionDefinition function) =>
        RunAsync<ValueTuple, TResult>(peers, function, default);

    /// <summary>Runs a local call inside a function of the near peer, so that it is the current one.</summary>
    private static async Task<TResult> RunAsync<TArguments, TResult>(Neighbours peers, ConnectionDefinition function, TArguments arguments)
        where TArguments : struct
    {
        Task<TResult>? local = null;
        _ = peers.Near.Connect("run", () =>
        {
            local = GeneratedCall.InvokeAsync((ConnectionDefinition<TArguments, TResult>)function, arguments, peer: null, Token);
        });

        await peers.Far.GetPeer(peers.Near.Id).InvokeAsync("run", cancellationToken: Token);
        return await local!;
    }

    private sealed class Knot
    {
        public Knot Self => this;
    }
}
