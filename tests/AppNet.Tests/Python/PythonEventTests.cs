using System.Text;
using System.Threading.Channels;
using AppNet.Python.Wires;
using Xunit;

namespace AppNet.Tests.Python;

public sealed class PythonEventTests
{
    [Theory]
    [InlineData("0.4")]
    [InlineData("0.6")]
    public async Task Events_of_a_Python_peer_arrive_in_order(string wire)
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        await using var publisher = new ScriptedPeer(world, PythonFamilies.Find(wire)!.Value);
        publisher.Answer = _ => publisher.Value("null");
        var seen = Channel.CreateUnbounded<(int, string)>();

        using var subscription = await peer.SubscribeAsync(
            "tick", (int number, string text) => seen.Writer.TryWrite((number, text)), cancellationToken: world.Limit);
        var registration = await publisher.NextAsync();
        var connection = ConnectionOf(registration, wire);
        for (var i = 0; i < 20; i++)
        {
            var answer = await world.AskAsync(peer, Delivery(wire, connection, $"[{i},{{\"text\":\"no {i}\"}}]", isNamed: true));
            Assert.Equal("null", Encoding.ASCII.GetString(PythonReply.Read(PythonFamilies.Find(wire)!.Value, answer, []).Value!.Value.Span));
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal((i, $"no {i}"), await seen.Reader.ReadAsync(world.Limit));
        }
    }

    [Fact]
    public async Task A_subscription_names_event_subscriber_and_function_as_the_library_does()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        await using var old = new ScriptedPeer(world, PythonFamily.V04);
        await using var young = new ScriptedPeer(world, PythonFamily.V06);
        old.Answer = _ => old.Value("null");
        young.Answer = _ => young.Value("null");

        using var subscription = await peer.SubscribeAsync("tick", () => { }, cancellationToken: world.Limit);
        var toOld = await old.NextAsync();
        var toYoung = await young.NextAsync();

        Assert.Equal(ConnectionNames.Untagged("net.defaults.handlers.subscription_handler"), toOld.Connection);
        Assert.Equal(("tick", $"b'{new PeerId(peer.Host, peer.Port)}'"), (toOld.TextAt(0), toOld.TextAt(1)));
        Assert.Matches("^b'[A-Za-z0-9+/=]+'$", toOld.TextAt(2));
        Assert.Equal("net.defaults.handlers.subscription_handler", toYoung.Connection);
        Assert.Equal(("tick", peer.Host), (toYoung.TextAt(0), toYoung.TextAt(1)));
        Assert.Equal(4, toYoung.Positional.Count);
    }

    [Fact]
    public async Task A_stream_of_events_begins_with_a_Python_peer_that_comes_later()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.PythonProbeInterval = TimeSpan.FromSeconds(1));
        var seen = new TaskCompletionSource<int>();
        using var subscription = await peer.SubscribeAsync("tick", (int number) => seen.TrySetResult(number), cancellationToken: world.Limit);

        // It is asked as soon as it listens.
        await using var late = new ScriptedPeer(world, PythonFamily.V06) { Subscriptions = ["tick"], Answer = Null };
        var registration = await late.NextAsync();
        _ = await world.AskAsync(peer, Delivery("0.6", registration.TextAt(3)!, "[7]", isNamed: false));

        Assert.Equal(7, await seen.Task.WaitAsync(world.Limit));
    }

    [Fact]
    public async Task A_Python_peer_that_starts_anew_is_subscribed_to_again()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.PythonProbeInterval = TimeSpan.FromSeconds(1));
        await using var publisher = new ScriptedPeer(world, PythonFamily.V06) { Subscriptions = ["tick"], Answer = Null };
        using var subscription = await peer.SubscribeAsync("tick", () => { }, cancellationToken: world.Limit);
        var first = await publisher.NextAsync();

        publisher.Subscriptions = [];
        var second = await publisher.NextAsync();

        Assert.NotEqual(first.TextAt(3), second.TextAt(3));
    }

    [Theory]
    [InlineData("0.4")]
    [InlineData("0.6")]
    public async Task A_Python_subscriber_gets_events_in_order_and_holds_up_nobody(string wire)
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        await using var subscriber = new ScriptedPeer(world, PythonFamilies.Find(wire)!.Value);
        using var gate = new SemaphoreSlim(0);
        subscriber.Answer = _ =>
        {
            gate.Wait(world.Limit);
            return subscriber.Value("\"seen\"");
        };

        await SubscribeAsync(world, peer, subscriber, wire);
        for (var i = 0; i < 10; i++)
        {
            await peer.RaiseAsync("tick", new EventArguments(i, 0.5) { ["text"] = "é" }).WaitAsync(world.Limit);
        }

        _ = gate.Release(10);
        for (var i = 0; i < 10; i++)
        {
            var delivery = await subscriber.NextAsync();
            Assert.Equal(wire == "0.6" ? "calc.on_tick" : "Y2FsYy5vbl90aWNr", delivery.Connection);
            Assert.Equal($"[{i},0.5,{{\"text\":\"\\u00e9\"}}]", Encoding.ASCII.GetString(delivery.WriteArguments(null, out _).Span));
        }
    }

    [Fact]
    public async Task Subscribing_twice_delivers_once()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        await using var subscriber = new ScriptedPeer(world, PythonFamily.V06);
        subscriber.Answer = _ => subscriber.Value("null");

        await SubscribeAsync(world, peer, subscriber, "0.6");
        await SubscribeAsync(world, peer, subscriber, "0.6");
        await peer.RaiseAsync("tick", new EventArguments(1));
        await peer.RaiseAsync("tick", new EventArguments(2));

        Assert.Equal("1", Encoding.ASCII.GetString((await subscriber.NextAsync()).Positional[0].Span));
        Assert.Equal("2", Encoding.ASCII.GetString((await subscriber.NextAsync()).Positional[0].Span));
        _ = Assert.Single(peer.Subscriptions["tick"]);
    }

    [Fact]
    public async Task A_subscriber_that_refuses_is_forgotten_at_once_and_one_that_fails_is_not()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        await using var failing = new ScriptedPeer(world, PythonFamily.V06) { Answer = _ => Vector.Get("0.6.2", "event.subscriber_raises").Response };
        var gone = new ScriptedPeer(world, PythonFamily.V06);
        await SubscribeAsync(world, peer, failing, "0.6");
        await SubscribeAsync(world, peer, gone, "0.6");
        Assert.Equal(2, peer.Subscriptions["tick"].Count);
        await gone.DisposeAsync();

        await peer.RaiseAsync("tick", new EventArguments(1));

        await world.Log.WaitForAsync(entry => entry.Message.Contains("its subscription has ended", StringComparison.Ordinal), world.Limit);
        _ = await failing.NextAsync();
        await peer.RaiseAsync("tick", new EventArguments(2));
        Assert.Equal("2", Encoding.ASCII.GetString((await failing.NextAsync()).Positional[0].Span));
    }

    [Fact]
    public async Task A_subscription_elsewhere_than_on_this_host_or_of_nonsense_is_an_error()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        string[] arguments = ["[]", "[\"tick\"]", "[\"tick\", \"127.0.0.1\", 99999, \"f\"]", "[\"\", \"127.0.0.1\", 3010, \"f\"]", "[\"tick\", \"a b\", 3010, \"f\"]", "[5, 5, 5, 5]"];
        foreach (var given in arguments)
        {
            var answer = await world.AskAsync(peer, $"{{\"connection\": \"net.defaults.handlers.subscription_handler\", \"args\": {given}, \"kwargs\": {{}}}}");

            Assert.NotNull(PythonReply.Read(PythonFamily.V06, answer, []).Traceback);
        }
    }

    private static async Task SubscribeAsync(PythonWorld world, LocalPeer peer, ScriptedPeer subscriber, string wire)
    {
        var family = PythonFamilies.Find(wire)!.Value;
        var arguments = wire == "0.6"
            ? $"[\"tick\",\"127.0.0.1\",{subscriber.Port},\"calc.on_tick\"]"
            : $"[\"tick\",\"b'{new PeerId("127.0.0.1", subscriber.Port)}'\",\"b'Y2FsYy5vbl90aWNr'\"]";
        var name = ConnectionNames.Of("net.defaults.handlers.subscription_handler", family)[0];
        var answer = await world.AskAsync(peer, PythonCall.Write(family, name, Encoding.ASCII.GetBytes(arguments), isNamed: false));
        Assert.Equal("null", Encoding.ASCII.GetString(PythonReply.Read(family, answer, []).Value!.Value.Span));
    }

    private static string ConnectionOf(PythonRequest registration, string wire) =>
        wire == "0.6" ? registration.TextAt(3)! : registration.TextAt(2)!.Trim('b', '\'');

    private static byte[] Delivery(string wire, string connection, string arguments, bool isNamed) =>
        PythonCall.Write(PythonFamilies.Find(wire)!.Value, connection, Encoding.ASCII.GetBytes(arguments), isNamed);

    private static byte[] Null(PythonRequest request) => PythonAnswer.Value(PythonFamily.V06, "null"u8.ToArray(), "test");
}
