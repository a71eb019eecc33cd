using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AppNet.Python.Wires;
using Xunit;

namespace AppNet.Tests.Python;

public sealed class CallingTests
{
    // The Python caller hands these on as values; here they are what they are: no answer of a Python peer.
    private static readonly HashSet<string> Unreadable = new(StringComparer.Ordinal)
    {
        "reply.garbage", "reply.http", "reply.utf8_unescaped", "reply.no_padding", "reply.plain_json",
    };

    [Theory]
    [InlineData("0.3.5")]
    [InlineData("0.4.1")]
    [InlineData("0.6.2")]
    public async Task Every_recorded_call_is_made_as_a_Python_caller_makes_it_and_its_answer_understood(string version)
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, version == "0.6.2" ? PythonFamily.V06 : PythonFamily.V04) { Flags = ["INVALID_CONNECTION", "NULL", "BUSY"] };
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");
        var vectors = Vector.All(version).Where(vector => vector.Direction.StartsWith("python-caller", StringComparison.Ordinal))
            .Where(vector => vector.RequestText is not null && vector.Topic is not "info" and not "discovery" && vector.Name != "reply.info_minimal")
            .ToList();

        Assert.True(vectors.Count > 80, $"{vectors.Count} vectors");
        foreach (var vector in vectors)
        {
            callee.Received.Clear();
            callee.Answer = _ => vector.Response.Length == 0 ? null : vector.Response;
            var request = PythonRequest.Read(Encoding.ASCII.GetBytes(vector.RequestText!), vector.Family)!;
            var outcome = await OutcomeAsync(peer.InvokeAsync<JsonElement>(TagOf(request.Connection, vector.Family), ArgumentsOf(request), world.Limit));

            // What is not found under one kind of name is asked for under the other.
            Assert.True(callee.Received.Any(request => vector.Request.AsSpan().SequenceEqual(request)), $"{vector}: {Encoding.ASCII.GetString(callee.LastRequest)}");
            Assert.True(Expected(vector) == outcome, $"{vector}: expected {Expected(vector)}, not {outcome}");
        }
    }

    [Fact]
    public async Task A_peer_is_asked_once_which_wire_it_speaks()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, PythonFamily.V04);
        callee.Answer = _ => callee.Value("42");
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");

        Assert.Equal(42, await peer.InvokeAsync<int>("MultiplyValues", [6, 7], world.Limit));
        Assert.Equal(42, await peer.InvokeAsync<int>("MultiplyValues", [6, 7], world.Limit));
        var info = await peer.InfoAsync(world.Limit);
        Assert.Equal(("Python", "0.4", callee.Port, "peer"), (info.Runtime, info.Version, info.Port, info.User));
        _ = Assert.Single(world.Log.Entries, entry => entry.Message.Contains("is a Python peer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Numbers_keep_their_kind_both_ways()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, PythonFamily.V06);
        callee.Answer = request => callee.Value(Encoding.ASCII.GetString(request.Positional[0].Span));
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");

        Assert.Equal(BigInteger.Pow(2, 80), await peer.PassThroughAsync(BigInteger.Pow(2, 80), world.Limit));
        Assert.Equal(5.0, await peer.PassThroughAsync(5.0, world.Limit));
        Assert.Contains("[5.0]", Encoding.ASCII.GetString(callee.LastRequest), StringComparison.Ordinal);
        Assert.Equal(double.NaN, await peer.PassThroughAsync(double.NaN, world.Limit));
        Assert.Contains("[NaN]", Encoding.ASCII.GetString(callee.LastRequest), StringComparison.Ordinal);
        Assert.Equal("NaN", await peer.PassThroughAsync("NaN", world.Limit));
        Assert.Contains("[\"NaN\"]", Encoding.ASCII.GetString(callee.LastRequest), StringComparison.Ordinal);
        Assert.Equal(new List<double> { 1.0, double.NegativeInfinity }, await peer.PassThroughAsync(new List<double> { 1.0, double.NegativeInfinity }, world.Limit));
        Assert.Contains("[[1.0, -Infinity]]", Encoding.ASCII.GetString(callee.LastRequest), StringComparison.Ordinal);
        Assert.Equal(new Point(1, 2.5f), await peer.PassThroughAsync(new Point(1, 2.5f), world.Limit));
        Assert.Contains("{\"X\": 1.0, \"Y\": 2.5}", Encoding.ASCII.GetString(callee.LastRequest), StringComparison.Ordinal);
        Assert.Equal("\"\ud83d\ude00é\n", await peer.PassThroughAsync("\"\ud83d\ude00é\n", world.Limit));
    }

    [Theory]
    [InlineData("0.4", 1_028)]
    [InlineData("0.6", 1_025)]
    public async Task A_request_beyond_what_a_Python_peer_reads_is_not_sent(string wire, int length)
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, PythonFamilies.Find(wire)!.Value);
        callee.Answer = _ => callee.Value("null");
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");
        var around = PythonCall.Write(PythonFamily.V06, ConnectionNames.Of("f.f", PythonFamilies.Find(wire)!.Value)[0], "[\"\"]"u8, isNamed: false).Length;
        var fits = wire == "0.6" ? 1_024 - around : 768 - around;

        await peer.InvokeAsync("f.f", [new string('a', fits)], world.Limit);
        var exception = await Assert.ThrowsAsync<NetException>(() => peer.InvokeAsync("f.f", [new string('a', fits + 1)], world.Limit));

        Assert.Equal(NetError.TooLarge, exception.Error);
        Assert.Contains($"{length} bytes", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1024", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1_024, callee.LastRequest.Length);
    }

    [Fact]
    public async Task A_function_with_a_tag_and_one_without_are_both_found_on_the_old_wire()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, PythonFamily.V04);
        string[] names = [ConnectionNames.Tagged("Calc.Add"), ConnectionNames.Untagged("plain")];
        callee.Answer = request => names.Contains(request.Connection)
            ? callee.Value("1")
            : PythonAnswer.Flag(PythonFamily.V04, Flag.InvalidConnection);
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");

        Assert.Equal(1, await peer.InvokeAsync<int>("Calc.Add", [], world.Limit));
        Assert.Equal(1, await peer.InvokeAsync<int>("plain", [], world.Limit));
        var missing = await Assert.ThrowsAsync<NetException>(() => peer.InvokeAsync("none", [], world.Limit));
        Assert.Equal(NetError.NoSuchConnection, missing.Error);
    }

    [Fact]
    public async Task A_Python_exception_arrives_with_type_message_and_traceback()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, PythonFamily.V06) { Answer = _ => Vector.Get("0.6.2", "error.longer_than_1024").Response };

        var exception = await Assert.ThrowsAsync<RemoteException>(
            () => caller.GetPeer($"127.0.0.1:{callee.Port}").InvokeAsync("LongFail", [1500], world.Limit));

        Assert.Equal("ValueError", exception.RemoteType);
        Assert.Equal(new string('x', 1_500), exception.RemoteMessage);
        Assert.Contains("/app/calc.py", exception.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_peer_not_found_and_one_that_left_too()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        var callee = new ScriptedPeer(world, PythonFamily.V06);
        callee.Answer = _ => callee.Value("1");
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");
        Assert.Equal(1, await peer.InvokeAsync<int>("f", [], world.Limit));
        await callee.DisposeAsync();

        var left = await Assert.ThrowsAsync<NetException>(() => peer.InvokeAsync("f", [], world.Limit));
        var never = await Assert.ThrowsAsync<NetException>(() => caller.GetPeer("127.0.0.1:49999").InvokeAsync("f", [], world.Limit));

        Assert.Equal(NetError.PeerNotFound, left.Error);
        Assert.Equal(NetError.PeerNotFound, never.Error);
    }

    [Fact]
    public async Task A_call_can_be_cancelled_and_has_a_deadline()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync();
        await using var callee = new ScriptedPeer(world, PythonFamily.V06);
        using var hold = new SemaphoreSlim(0);
        callee.Answer = _ =>
        {
            hold.Wait(world.Limit);
            return callee.Value("1");
        };
        var peer = caller.GetPeer($"127.0.0.1:{callee.Port}");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(world.Limit);

        var cancelled = peer.InvokeAsync("f", [], cancellation.Token);
        _ = await callee.NextAsync();
        await cancellation.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var late = await Assert.ThrowsAsync<NetException>(() => peer.With(timeout: TimeSpan.FromMilliseconds(50)).InvokeAsync("f", [], world.Limit));
        _ = hold.Release(2);

        Assert.Equal(NetError.TimedOut, late.Error);
    }

    [Fact]
    public async Task Without_the_option_a_Python_peer_is_not_called()
    {
        await using var world = new PythonWorld();
        var caller = await world.StartAsync(options => options.Python = false);
        await using var callee = new ScriptedPeer(world, PythonFamily.V06);

        var exception = await Assert.ThrowsAsync<NetException>(() => caller.GetPeer($"127.0.0.1:{callee.Port}").InvokeAsync("f", [], world.Limit));

        Assert.Equal(NetError.PeerNotFound, exception.Error);
        Assert.Empty(callee.Received);
    }

    private static string Expected(Vector vector)
    {
        var text = vector.ResponseText;
        return vector.Response.Length == 0 ? "PeerLost"
            : Unreadable.Contains(vector.Name) && !(vector.Name == "reply.plain_json" && vector.Family == PythonFamily.V06) ? "BadResult"
            : vector.Name is "reply.unknown_flag" || vector.Topic == "flag" && text is null or "\"BUSY\"" ? "flag BUSY"
            : vector.Outcome is { FirstLine: { } first } && first.StartsWith("Peer does not have", StringComparison.Ordinal) ? "NoSuchConnection"
            : text is not null && text.StartsWith("{\"payload\": \"error\"", StringComparison.Ordinal) ? "remote"
            : vector.Name == "reply.trailing_newline" ? "5"
            : text is null || text == "\"NULL\"" ? "\"NULL\""
            : Normal(vector.Family == PythonFamily.V04 ? Unwrapped(text) : text);
    }

    private static string Unwrapped(string text)
    {
        var json = PythonJsonReader.Read(Encoding.ASCII.GetBytes(text));
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.GetPropertyCount() == 1
            && document.RootElement.TryGetProperty("raw", out var raw) ? Show(raw) : text;
    }

    private static string Normal(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        PythonJsonWriter.Write(PythonJsonReader.Read(Encoding.ASCII.GetBytes(text)).Span, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static string Show(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        PythonJsonWriter.Write(JsonMarshal.GetRawUtf8Value(value), output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static async Task<string> OutcomeAsync(Task<JsonElement> call)
    {
        try
        {
            return Show(await call);
        }
        catch (RemoteException)
        {
            return "remote";
        }
        catch (FlagException flag)
        {
            return $"flag {flag.Name}";
        }
        catch (NetException exception)
        {
            return exception.Error.ToString();
        }
    }

    private static string TagOf(string connection, PythonFamily family)
    {
        if (family == PythonFamily.V06)
        {
            return connection;
        }

        var plain = Encoding.UTF8.GetString(Convert.FromBase64String(connection));
        return plain.StartsWith('{') ? JsonDocument.Parse(plain).RootElement.GetProperty("raw").GetString()! : plain;
    }

    private static CallArguments ArgumentsOf(PythonRequest request)
    {
        var payload = request.WriteArguments(definition: null, out var isNamed);
        var all = JsonDocument.Parse(payload).RootElement.EnumerateArray().ToList();
        var arguments = new CallArguments();
        foreach (var argument in isNamed ? all[..^1] : all)
        {
            arguments.Add(argument);
        }

        foreach (var named in isNamed ? all[^1].EnumerateObject() : default)
        {
            arguments[named.Name] = named.Value;
        }

        return arguments;
    }

    private sealed record Point(double X, float Y);
}
