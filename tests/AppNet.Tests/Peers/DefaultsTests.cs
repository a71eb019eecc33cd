using System.Text.Json;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class DefaultsTests
{
    private const string Module = "net.defaults.handlers.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_new_peer_offers_the_defaults()
    {
        var peer = new LocalPeer(new NetOptions { Network = new MemoryNetwork() });

        Assert.Superset(
            new HashSet<string>
            {
                Module + "info", Module + "pass_through", Module + "null", Module + "connections", Module + "subscription_handler",
            },
            peer.Connections.Select(connection => connection.Tag).ToHashSet());
        Assert.Equal(["INVALID_CONNECTION", "NULL"], peer.Flags.Keys.Order());
        Assert.Empty(peer.Subscriptions);
        Assert.Empty(peer.Subscriptions.Rules);
    }

    [Fact]
    public async Task The_subscription_handler_of_the_python_peers_subscribes_nobody_on_this_wire_and_says_so()
    {
        await using var peers = await Neighbours.StartAsync();

        var thrown = await Assert.ThrowsAsync<NetException>(() =>
            peers.ToFar.InvokeAsync(Module + "subscription_handler", ["e", "127.0.0.1", 3010, "f"], Token).Within());

        Assert.Equal(CallOutcome.HasNotRun, thrown.Outcome);
        Assert.Contains("Net.SubscribeAsync", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(peers.Far.Subscriptions["e"]);
    }

    [Fact]
    public async Task Info_is_what_the_peer_says_of_itself()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Info["gpu"] = "yes");

        Assert.Equal(peers.Far.Info, await peers.ToFar.InfoAsync(Token).Within());
    }

    [Fact]
    public async Task All_but_pass_through_ignore_whatever_arguments_come()
    {
        await using var peers = await Neighbours.StartAsync();
        var arguments = new CallArguments(1, "two") { ["time_out"] = 3, ["peer"] = null };

        var info = await peers.ToFar.InvokeAsync<JsonElement>(Module + "info", arguments, Token).Within();
        var none = await peers.ToFar.InvokeAsync<string>(Module + "null", arguments, Token).Within();
        var connections = await peers.ToFar.InvokeAsync<JsonElement>(Module + "connections", arguments, Token).Within();

        Assert.Equal(peers.Far.Port, info.GetProperty("port").GetInt32());
        Assert.Equal("NULL", none);
        Assert.NotEqual(0, connections.GetArrayLength());
    }

    [Fact]
    public async Task Defaults_answer_under_their_bare_names_too_until_a_function_takes_one()
    {
        await using var peers = await Neighbours.StartAsync();
        var before = await peers.ToFar.InvokeAsync<JsonElement>("info", cancellationToken: Token).Within();

        _ = peers.Far.Connect("info", () => "mine");

        Assert.Equal(peers.Far.Port, before.GetProperty("port").GetInt32());
        Assert.Equal("mine", await peers.ToFar.InvokeAsync<string>("info", cancellationToken: Token).Within());
        Assert.Equal(peers.Far.Info, await peers.ToFar.InfoAsync(Token).Within());
    }

    [Fact]
    public async Task One_value_comes_back_as_itself()
    {
        await using var peers = await Neighbours.StartAsync();

        Assert.Equal(5, await peers.ToFar.PassThroughAsync(5, Token).Within());
        Assert.Equal("text", await peers.ToFar.PassThroughAsync("text", Token).Within());
        double[] numbers = [1.5, 2];
        Assert.Equal(numbers, await peers.ToFar.PassThroughAsync(numbers, Token).Within());
        Assert.Null(await peers.ToFar.PassThroughAsync<string?>(null, Token).Within());
    }

    [Fact]
    public async Task One_value_by_position_comes_back_without_those_by_name()
    {
        await using var peers = await Neighbours.StartAsync();

        var value = await peers.ToFar.PassThroughAsync(new CallArguments(5) { ["time_out"] = 1 }, Token).Within();

        Assert.Equal("5", value.GetRawText());
    }

    [Fact]
    public async Task Several_values_come_back_as_args_and_kwargs_with_their_types()
    {
        await using var peers = await Neighbours.StartAsync();
        using var document = JsonDocument.Parse("[5.0, 123456789012345678901234567890]");
        CallArguments arguments = [document.RootElement, "two", null];
        arguments["three"] = 3.5m;

        var value = await peers.ToFar.PassThroughAsync(arguments, Token).Within();

        Assert.Equal("""[[[5.0,123456789012345678901234567890],"two",null],{"three":3.5}]""", JsonSerializer.Serialize(value));
    }

    [Fact]
    public async Task Nothing_comes_back_as_empty_args_and_kwargs()
    {
        await using var peers = await Neighbours.StartAsync();

        Assert.Equal("[[],{}]", JsonSerializer.Serialize(await peers.ToFar.PassThroughAsync([], Token).Within()));
    }

    [Fact]
    public async Task Null_is_what_the_callers_handler_makes_of_it()
    {
        await using var peers = await Neighbours.StartAsync();
        var before = await peers.ToFar.NullAsync(Token).Within();

        peers.Near.SetFlag(Flag.Null, _ => 7);

        Assert.Equal("NULL", before);
        Assert.Equal(7, await peers.ToFar.NullAsync(Token).Within());
    }

    [Fact]
    public async Task Connections_describe_what_is_needed_to_call_them()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("multiply", (int val1, int val2 = 5, string unit = "m", DayOfWeek day = DayOfWeek.Friday) => (long)val1 * val2);

        var all = await peers.ToFar.ConnectionsAsync(Token).Within();

        var multiply = Assert.Single(all, connection => connection.Tag == "multiply");
        Assert.Equal("long", multiply.ResultType);
        Assert.Equal(["val1", "val2", "unit", "day"], multiply.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["int", "int", "string", "DayOfWeek"], multiply.Parameters.Select(parameter => parameter.Type));
        Assert.Equal([false, true, true, true], multiply.Parameters.Select(parameter => parameter.IsOptional));
        Assert.Equal([null, "5", "\"m\"", "5"], multiply.Parameters.Select(parameter => parameter.Default?.GetRawText()));
        Assert.Contains("int val2 = 5", multiply.Signature, StringComparison.Ordinal);
        var info = Assert.Single(all, connection => connection.Tag == Module + "info");
        Assert.NotNull(info.Summary);
    }
}
