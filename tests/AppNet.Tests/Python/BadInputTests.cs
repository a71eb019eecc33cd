using System.Diagnostics.CodeAnalysis;
using System.Text;
using AppNet.Python.Wires;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Python;

public sealed class BadInputTests
{
    private static readonly byte[] Info = Vector.Get("0.6.2", "info.discovery_probe").Request;

    [Theory]
    [InlineData("{\"connection\": \"Echo\", \"args\": [")]
    [InlineData("eyJjb25uZWN0aW9uIjog")]
    [InlineData("e")]
    public async Task Half_a_request_and_silence_is_an_error_in_bounded_time(string half)
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(200));

        var answer = await world.AskAsync(peer, half);

        var family = PythonFamilies.Recognise((byte)half[0])!.Value;
        Assert.Contains("TimeoutError", PythonReply.Read(family, answer, []).Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_ends_in_bounded_time_without_an_answer()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(200));

        Assert.Empty(await world.AskAsync(peer, ""));
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2025", Justification = "It is awaited before the end.")]
    public async Task A_request_that_never_ends_is_an_error_in_bounded_memory()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        using var duplex = await world.Transport.ConnectAsync(PythonWorld.AddressOf(peer), world.Limit);
        var sending = SendForEverAsync(duplex, world.Limit);

        var answer = await PythonWorld.ReadToEndAsync(duplex, world.Limit);

        Assert.Contains("longer than 65536 bytes", PythonReply.Read(PythonFamily.V06, answer, []).Traceback, StringComparison.Ordinal);
        _ = await Assert.ThrowsAnyAsync<IOException>(() => sending);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task A_request_that_nests_deep_is_an_error(char open, char close)
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var opening = open == '[' ? "[" : "{\"a\":";
        var deep = string.Concat(Enumerable.Repeat(opening, 10_000)) + "1" + new string(close, 10_000);

        var answer = await world.AskAsync(peer, $"{{\"connection\": \"Echo\", \"args\": [{deep}], \"kwargs\": {{}}}}");

        Assert.True(answer.Length <= 1_024);
        var traceback = PythonReply.Read(PythonFamily.V06, answer, []).Traceback;
        Assert.Matches("RecursionError|longer than 65536 bytes", traceback);
    }

    [Fact]
    public async Task What_nests_as_deep_as_may_be_comes_back_and_one_level_more_is_an_error()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();

        Assert.Equal(Deep(60), await EchoAsync(Deep(60)));
        Assert.Contains("RecursionError", await EchoAsync(Deep(80)), StringComparison.Ordinal);

        async Task<string> EchoAsync(string value) => Encoding.ASCII.GetString(
            await world.AskAsync(peer, $"{{\"connection\": \"Echo\", \"args\": [{value}], \"kwargs\": {{}}}}"));

        static string Deep(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public async Task Five_hundred_silent_connections_keep_nobody_out()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var caller = await world.StartAsync();
        var silent = new List<IDuplex>();
        for (var i = 0; i < 500; i++)
        {
            silent.Add(await world.Transport.ConnectAsync(PythonWorld.AddressOf(peer), world.Limit));
        }

        Assert.NotEmpty(await world.AskAsync(peer, Info));
        Assert.Equal(42, await caller.GetPeer(peer.Id).InvokeAsync<int>("MultiplyValues", [6, 7], world.Limit));
        silent.ForEach(duplex => duplex.Dispose());
    }

    [Fact]
    public async Task Beyond_a_bound_who_was_silent_longest_makes_room()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.HandshakeTimeout = TimeSpan.FromMinutes(10));
        var silent = new List<IDuplex>();
        for (var i = 0; i < 1_100; i++)
        {
            silent.Add(await world.Transport.ConnectAsync(PythonWorld.AddressOf(peer), world.Limit));
        }

        Assert.NotEmpty(await world.AskAsync(peer, Info));
        Assert.Empty(await PythonWorld.ReadToEndAsync(silent[0], world.Limit));
        silent.ForEach(duplex => duplex.Dispose());
    }

    [Fact]
    public async Task Noise_at_the_port_does_the_peer_no_harm()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        var random = new Random(20261120);
        for (var i = 0; i < 300; i++)
        {
            var noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            noise[0] = (byte)"{e[\"0WI \u00ff"[i % 8];

            var answer = await world.AskAsync(peer, noise, endsSending: true);

            Assert.True(answer.Length <= 1_024);
        }

        Assert.NotEmpty(await world.AskAsync(peer, Info));
    }

    private static async Task SendForEverAsync(IDuplex duplex, CancellationToken limit)
    {
        await duplex.SendAsync([Encoding.ASCII.GetBytes("{\"connection\": \"")], limit);
        var more = Encoding.ASCII.GetBytes(new string('a', 4_096));
        while (true)
        {
            await duplex.SendAsync([more], limit);
        }
    }
}
