using System.Text;
using AppNet.Python.Wires;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppNet.Tests.Python;

public sealed class ServingTests
{
    // What each of these recordings shows can't be, or is better here; each has its own test or reason.
    private static readonly HashSet<string> Different = new(StringComparer.Ordinal)
    {
        // Who says nothing does not say which wire it would speak: it is closed without an answer.
        "startup.port_probe", "empty.half_close", "empty.idle", "empty.base64_of_nothing_useful",

        // The Python library answers with an error, or with a memory address; here it works.
        "connections",

        // The host's own program and user, as the recording's were its host's.
        "info", "info.discovery_probe", "info.peer_object", "info.with_flag", "info.group_and_hub", "discovery.on_host",

        // Two requests, of which the second came when the first was answered.
        "split.first_piece_parses",

        // The recorded functions take any keyword or have a flag of their own; these are the subscriber's.
        "flag.not_registered", "flag.custom_execute",
    };

    [Fact]
    public async Task Every_recorded_request_is_answered_as_a_Python_peer_answers_it()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var vectors = Vector.All()
            .Where(vector => vector.Direction.EndsWith("python-peer", StringComparison.Ordinal) && vector.IsReproducible)
            .Where(vector => !Different.Contains(vector.Name) && vector.Response.Length <= PythonLimits.Message)
            .ToList();

        Assert.True(vectors.Count > 250, $"{vectors.Count} vectors");
        foreach (var vector in vectors)
        {
            var answer = await world.AskAsync(peer, vector.Request);

            Assert.True(vector.Response.AsSpan().SequenceEqual(answer), $"{vector}\n{vector.RequestText}\n{Show(vector.Response)}\n{Show(answer)}");
        }
    }

    [Fact]
    public async Task Every_recorded_request_that_fails_is_answered_with_an_error_or_turned_away()
    {
        // What a Python peer fails at for its one receive of 1,024 bytes, for a keyword that was meant for the library, or for the other
        // wire, works here.
        HashSet<string> works = new(StringComparer.Ordinal)
        {
            "tag.time_out_keyword", "tag.decorator_peer_keyword_rejected", "split.two_writes", "size.request_1028", "flag.not_registered", "connections", "invalid.plain_json", "invalid.base64_request",
            "subscribe.raw_plain",
        };
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var vectors = Vector.All()
            .Where(vector => vector.Direction.EndsWith("python-peer", StringComparison.Ordinal) && !vector.IsReproducible && vector.Topic is not "info" and not "discovery")
            .Where(vector => !works.Contains(vector.Name))
            .ToList();

        Assert.True(vectors.Count > 60, $"{vectors.Count} vectors");
        foreach (var vector in vectors)
        {
            var answer = await world.AskAsync(peer, vector.Request, endsSending: true);

            // What is no request of either wire gets no answer; one of the other wire an error of its own.
            var error = answer.Length == 0 ? null : PythonReply.Read(vector.Family, answer, []).Traceback
                ?? PythonReply.Read(vector.Family == PythonFamily.V04 ? PythonFamily.V06 : PythonFamily.V04, answer, []).Traceback;
            Assert.True(
                answer.Length == 0 ? PythonFamilies.Recognise(vector.Request[0]) is null : error is not null || IsServed(vector, answer) || vector.Response.AsSpan().SequenceEqual(answer),
                $"{vector}\n{Show(vector.Request)}\n{Show(answer)}");
            Assert.True(answer.Length <= 1_024, vector.ToString());
        }
    }

    [Theory]
    [InlineData("tag.time_out_keyword")]
    [InlineData("tag.decorator_peer_keyword_rejected")]
    public async Task Keywords_that_are_for_the_library_are_dropped(string name)
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        foreach (var vector in Vector.All("0.4.1", "0.6.2").Where(vector => vector.Name == name))
        {
            var reply = PythonReply.Read(vector.Family, await world.AskAsync(peer, vector.Request), []);

            Assert.Equal("42", Encoding.ASCII.GetString(reply.Value!.Value.Span));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_function_that_is_for_some_is_not_for_Python_peers_which_prove_nothing(bool isHidden)
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => (options.Authorize, options.HidesFunctions) = ((_, _) => true, isHidden));
        foreach (var vector in Vector.All("0.4.1", "0.6.2").Where(vector => vector.Name == "tag.MultiplyValues"))
        {
            var reply = PythonReply.Read(vector.Family, await world.AskAsync(peer, vector.Request), []);

            Assert.Null(reply.Value);
            Assert.Equal(isHidden, reply.Traceback?.Contains("prove", StringComparison.Ordinal) is not true);
        }
    }

    [Fact]
    public async Task A_request_is_understood_wherever_it_is_cut()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        string[] names = ["tag.MultiplyValues", "pass_through.string.controls", "valid.float_forms"];
        foreach (var vector in Vector.All("0.4.1", "0.6.2").Where(vector => names.Contains(vector.Name)))
        {
            for (var size = 1; size < vector.Request.Length; size = size < 8 ? size + 1 : size * 2)
            {
                Assert.Equal(vector.Response, await world.AskAsync(peer, vector.Request, size));
            }
        }
    }

    [Fact]
    public async Task What_comes_behind_a_request_that_is_being_answered_is_not_answered()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        foreach (var vector in Vector.All().Where(vector => vector.Name == "split.first_piece_parses"))
        {
            using var duplex = await world.Transport.ConnectAsync(PythonWorld.AddressOf(peer), world.Limit);
            var half = vector.Request.Length / 2;
            await duplex.SendAsync([new ArraySegment<byte>(vector.Request, 0, half)], world.Limit);
            var first = new byte[1_024];
            var count = await duplex.ReceiveAsync(first, world.Limit);
            await duplex.SendAsync([new ArraySegment<byte>(vector.Request, half, half)], world.Limit);

            Assert.Equal(vector.Response, first[..count]);
            Assert.Empty(await PythonWorld.ReadToEndAsync(duplex, world.Limit));
        }
    }

    [Fact]
    public async Task Info_is_what_Python_peers_look_for()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => (options.Group, options.IsHub) = ("render", true));
        foreach (var vector in Vector.All("0.4.1", "0.6.2").Where(vector => vector.Name == "info.discovery_probe"))
        {
            var reply = PythonReply.Read(vector.Family, await world.AskAsync(peer, vector.Request), []);
            var info = PythonInfo.Read(reply.Value!.Value)!;

            Assert.Equal((peer.Host, peer.Port, "render", true), (info.Host, info.Port, info.Group, info.IsHub));
            if (vector.Family == PythonFamily.V06)
            {
                var recorded = PythonInfo.Read(PythonReply.Read(vector.Family, vector.Response, []).Value!.Value)!;
                Assert.Equal(recorded.Flags, info.Flags);
                Assert.Empty(recorded.Connections.Where(name => name.StartsWith("net.", StringComparison.Ordinal)).Except(info.Connections, StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task The_list_of_connections_is_a_text_that_fits()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        foreach (var vector in Vector.All("0.4.1", "0.6.2").Where(vector => vector.Name == "connections"))
        {
            var answer = await world.AskAsync(peer, vector.Request);

            Assert.True(answer.Length <= 1_024);
            Assert.StartsWith("\"Connections on ", Encoding.ASCII.GetString(PythonReply.Read(vector.Family, answer, []).Value!.Value.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_result_that_is_too_long_is_an_error_that_says_so()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var vectors = Vector.All().Where(vector => vector is { Topic: "response", Response.Length: > PythonLimits.Message }).ToList();
        Assert.True(vectors.Count >= 6);
        foreach (var vector in vectors)
        {
            var answer = await world.AskAsync(peer, vector.Request);

            Assert.True(answer.Length <= 1_024);
            Assert.Contains("reads 1024", PythonReply.Read(vector.Family, answer, []).Traceback, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_exception_arrives_with_type_message_and_stack()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var answer = await world.AskAsync(peer, Vector.Get("0.6.2", "error.Fail").Request);

        var traceback = PythonReply.Read(PythonFamily.V06, answer, []).Traceback!;

        Assert.EndsWith("\nSystem.InvalidOperationException: boom\n", traceback, StringComparison.Ordinal);
        Assert.Contains("Fail", traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_learns_how_long_its_caller_waits()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        _ = peer.Connect("Left", (CallContext context) => context.TimeLeft?.TotalSeconds > 1_000 && context.Caller is null);

        var answer = await world.AskAsync(peer, "{\"connection\": \"Left\", \"args\": [], \"kwargs\": {\"time_out\": 5000}}");

        Assert.Equal("true"u8, answer);
    }

    [Fact]
    public async Task A_function_that_takes_the_keyword_gets_it()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        _ = peer.Connect("Wait", (double time_out) => time_out);

        var answer = await world.AskAsync(peer, "{\"connection\": \"Wait\", \"args\": [], \"kwargs\": {\"time_out\": 2}}");

        Assert.Equal("2.0"u8, answer);
    }

    [Fact]
    public async Task Without_the_option_a_Python_peer_is_refused_at_once_and_the_log_says_what_to_set()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.Python = false);
        foreach (var version in new[] { "0.4.1", "0.6.2" })
        {
            Assert.Empty(await world.AskAsync(peer, Vector.Get(version, "info.discovery_probe").Request));
        }

        var warning = Assert.Single(world.Log.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.Contains("NET_PYTHON=1", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peers_of_our_own_are_let_in_beside_Python_peers()
    {
        await using var world = new PythonWorld();
        var callee = await world.StartAsync();
        var caller = await world.StartAsync();

        Assert.Equal(42, await caller.GetPeer(callee.Id).InvokeAsync<int>("MultiplyValues", [6, 7], world.Limit));
    }

    private static bool IsServed(Vector vector, byte[] answer) =>
        vector.Topic is "size" or "split" && PythonReply.Read(vector.Family, answer, []).Value is not null;

    private static string Show(byte[] bytes) => Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 400)));
}
