using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AppNet.TestKit;
using AppNet.Tests.Links;
using AppNet.Tests.Peers;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Flags over the wire: raised there, handled here.</summary>
public sealed class FlagTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_handlers_value_is_the_result_of_a_call_that_threw_a_flag()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        peers.Near.SetFlag("BUSY", _ => 42);

        Assert.Equal(42, await peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within());
    }

    [Fact]
    public async Task A_flag_thrown_by_an_asynchronous_function_is_handled_too()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", async Task<int> () =>
        {
            await Task.Yield();
            throw new FlagException("BUSY");
        });
        peers.Near.SetFlag("BUSY", _ => 42);

        Assert.Equal(42, await peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_function_that_returns_object_may_return_a_flag(bool isAsynchronous)
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("perhaps", async (bool yields) =>
        {
            if (yields)
            {
                await Task.Yield();
            }

            return (object)Flag.Of("LATER");
        });
        peers.Near.SetFlag("LATER", context => context.Name);

        Assert.Equal("LATER", await peers.ToFar.InvokeAsync<string>("perhaps", [isAsynchronous], Token).Within());
    }

    [Fact]
    public async Task The_handler_knows_the_flag_the_function_and_the_peer()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        FlagContext? seen = null;
        peers.Near.SetFlag("BUSY", context =>
        {
            seen = context;
            return 0;
        });

        _ = await peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within();

        Assert.Equal("BUSY", seen!.Name);
        Assert.Equal("busy", seen.Connection);
        Assert.Equal(peers.Far.Id, seen.Peer!.Id);
        Assert.Equal(peers.Far.Info, seen.PeerInfo);
    }

    [Fact]
    public async Task What_the_handler_throws_is_what_the_caller_gets()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        peers.Near.SetFlag("BUSY", _ => throw new TimeoutException("try again"));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(
            () => peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within());

        Assert.Equal("try again", thrown.Message);
    }

    [Fact]
    public async Task The_handler_runs_in_the_context_of_the_caller()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", string () => throw new FlagException("BUSY"));
        peers.Near.SetFlag("BUSY", _ => Ambient.Value);
        Ambient.Value = "the caller's";

        Assert.Equal("the caller's", await peers.ToFar.InvokeAsync<string>("busy", cancellationToken: Token).Within());
    }

    [Fact]
    public async Task A_handler_may_block_on_a_call_to_the_same_peer()
    {
        await using var peers = await Neighbours.StartAsync();
        var far = peers.ToFar;
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        _ = peers.Far.Connect("same", (int x) => x);
        peers.Near.SetFlag("BUSY", _ => Wait(far.InvokeAsync<int>("same", [7], Token)));

        Assert.Equal(7, await far.InvokeAsync<int>("busy", cancellationToken: Token).Within());
    }

    [Fact]
    public async Task A_flag_without_a_handler_reaches_the_caller_and_names_itself()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));

        var thrown = await Assert.ThrowsAsync<FlagException>(
            () => peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within());

        Assert.Equal("BUSY", thrown.Name);
        Assert.Contains("'BUSY'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("'busy'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_passes_through_a_peer_that_does_not_handle_it()
    {
        await using var peers = await Neighbours.StartAsync();
        var far = peers.ToFar;
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        _ = peers.Near.Connect("relay", () => far.InvokeAsync<int>("busy"));
        peers.Far.SetFlag("BUSY", _ => 3);

        var near = peers.Far.GetPeer(peers.Near.Id);

        Assert.Equal(3, await near.InvokeAsync<int>("relay", cancellationToken: Token).Within());
    }

    [Fact]
    public async Task The_value_is_converted_to_the_type_of_the_result()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", string () => throw new FlagException("BUSY"));
        peers.Near.SetFlag("BUSY", _ => 5);

        Assert.Equal(5.0, await peers.ToFar.InvokeAsync<double>("busy", cancellationToken: Token).Within());
        Assert.Equal(5, (await peers.ToFar.InvokeAsync<JsonElement>("busy", cancellationToken: Token).Within()).GetInt32());
        await peers.ToFar.InvokeAsync("busy", cancellationToken: Token).Within();
    }

    [Theory]
    [InlineData("five", "string")]
    [InlineData(null, "null")]
    public async Task A_value_that_does_not_fit_the_result_is_an_error_that_names_flag_and_types(object? value, string type)
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        peers.Near.SetFlag("BUSY", _ => value);

        var thrown = await Assert.ThrowsAsync<NetException>(
            () => peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within());

        Assert.Equal(NetError.BadResult, thrown.Error);
        Assert.Contains("'BUSY'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(type, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("int", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_gives_its_name_as_text_where_the_result_can_hold_it()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("nothing", object () => Flag.Of(Flag.Null));

        Assert.Equal("NULL", await peers.ToFar.InvokeAsync<string>("nothing", cancellationToken: Token).Within());
        var thrown = await Assert.ThrowsAsync<NetException>(
            () => peers.ToFar.InvokeAsync<int>("nothing", cancellationToken: Token).Within());
        Assert.Equal(NetError.BadResult, thrown.Error);
    }

    [Fact]
    public async Task Null_can_be_replaced_without_a_warning()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("nothing", object () => Flag.Of(Flag.Null));
        peers.Near.SetFlag(Flag.Null, _ => -1);

        Assert.Equal(-1, await peers.ToFar.InvokeAsync<int>("nothing", cancellationToken: Token).Within());
        Assert.DoesNotContain(peers.NearLog.Entries, entry => entry.EventId.Name == "FlagReplaced");
    }

    [Fact]
    public async Task An_unknown_tag_throws_an_error_that_names_tag_and_peer()
    {
        await using var peers = await Neighbours.StartAsync();

        var thrown = await Assert.ThrowsAsync<NetException>(
            () => peers.ToFar.InvokeAsync<int>("nowhere", cancellationToken: Token).Within());

        Assert.Equal(NetError.NoSuchConnection, thrown.Error);
        Assert.Contains("'nowhere'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(peers.Far.Id.ToFriendlyString(), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tag_gives_the_value_of_whoever_replaced_invalid_connection()
    {
        await using var peers = await Neighbours.StartAsync();
        peers.Near.SetFlag(Flag.InvalidConnection, context => $"no {context.Connection} at {context.PeerInfo!.Port}");

        Assert.Equal(
            $"no nowhere at {peers.Far.Port}", await peers.ToFar.InvokeAsync<string>("nowhere", cancellationToken: Token).Within());
    }

    [Fact]
    public async Task A_name_registered_twice_warns_and_the_last_one_wins()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", int () => throw new FlagException("BUSY"));
        peers.Near.SetFlag("BUSY", _ => 1);
        peers.Near.SetFlag("BUSY", _ => 2);

        Assert.Equal(2, await peers.ToFar.InvokeAsync<int>("busy", cancellationToken: Token).Within());
        var warning = Assert.Single(peers.NearLog.Entries, entry => entry.EventId.Name == "FlagReplaced");
        Assert.Contains("BUSY", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_peer_has_the_two_flags_built_in()
    {
        var peer = new LocalPeer(new NetOptions { Network = new MemoryNetwork(), LoggerFactory = new LogRecorder() });

        Assert.Contains(Flag.Null, peer.Flags);
        Assert.Contains(Flag.InvalidConnection, peer.Flags);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_flags_name_has_1_to_256_bytes(int length)
    {
        var name = new string('x', length);

        Assert.Throws<ArgumentException>(() => Flag.Of(name));
        Assert.Throws<ArgumentException>(() => new FlagException(name));
        Assert.Throws<ArgumentException>(() => new LocalPeer(new NetOptions()).SetFlag(name, _ => null));
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "It stands for a handler that blocks.")]
    private static int Wait(Task<int> task) => task.Wait(Soon.Limit) ? task.Result : throw new TimeoutException();
}
