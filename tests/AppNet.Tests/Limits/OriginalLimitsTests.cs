using System.Text.Json;
using AppNet.TestKit;
using AppNet.Tests.Events;
using Xunit;

namespace AppNet.Tests.Limits;

/// <summary>What the original does badly, each shown to be gone here. The rows are those of the table in docs/from-python.md.</summary>
public sealed partial class OriginalLimitsTests : IAsyncDisposable
{
    private readonly EventPeers _peers = new();

    private CancellationToken Limit => _peers.Limit;

    public async ValueTask DisposeAsync() => await _peers.DisposeAsync();

    // Row 1: one receive of 1,024 bytes each way; longer values are cut and handed over as an ordinary result, long errors are swallowed.
    [Fact]
    public async Task A_value_of_any_size_arrives_whole_and_what_is_too_large_is_an_error()
    {
        var (caller, callee) = await StartTwoAsync();
        var text = string.Concat(Enumerable.Range(0, 500_000).Select(i => (char)('a' + (i % 26))));
        var reason = new string('e', 5_000);
        callee.Connect("echo", (string value) => value);
        callee.Connect("fail", int () => throw new InvalidOperationException(reason));
        var peer = callee.Handle(caller);

        var echoed = await peer.InvokeAsync<string>("echo", [text], Limit);
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => peer.InvokeAsync<int>("fail", cancellationToken: Limit));
        var tooLarge = await Assert.ThrowsAsync<NetException>(() => peer.InvokeAsync<string>("echo", [new string('x', 17 * 1024 * 1024)], Limit));

        Assert.Equal(text, echoed);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.Equal((NetError.TooLarge, CallOutcome.HasNotRun), (tooLarge.Error, tooLarge.Outcome));
    }

    // Row 2: a peer that is killed in mid-call: the caller gets "" as a result.
    [Fact]
    public async Task A_peer_killed_in_mid_call_is_peer_lost_and_no_empty_result()
    {
        FaultyTransport faults = null!;
        var callee = await _peers.StartAsync();
        var caller = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 2));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        callee.Connect("hang", async (CancellationToken cancellationToken) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return "late";
        });
        var call = callee.Handle(caller).InvokeAsync<string>("hang", cancellationToken: Limit);
        await begun.Task.WaitAsync(Limit);

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Break();
        }

        var lost = await Assert.ThrowsAsync<NetException>(() => call);
        Assert.Equal((NetError.PeerLost, CallOutcome.MayHaveRun), (lost.Error, lost.Outcome));
    }

    // Row 3: no time limit; a frozen peer hangs the caller for ever.
    [Fact]
    public async Task A_call_to_a_frozen_peer_ends_although_it_has_no_time_limit()
    {
        FaultyTransport faults = null!;
        var time = new ManualTimeProvider();
        var callee = await _peers.StartAsync();
        var caller = await _peers.StartAsync(options => options.TimeProvider = time, inner => faults = new FaultyTransport(inner, 3));
        callee.Connect("same", (int value) => value);
        var peer = callee.Handle(caller);
        Assert.Equal(1, await peer.InvokeAsync<int>("same", [1], Limit));

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Receiving.Hold();
        }

        var call = peer.InvokeAsync<int>("same", [2], Limit);
        for (var passed = 0; passed < 25; passed++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call)).Error);
    }

    // Row 3, its end: time_out breaks functions that don't take it.
    [Fact]
    public async Task A_deadline_travels_apart_from_the_arguments()
    {
        var (caller, callee) = await StartTwoAsync();
        TimeSpan? seen = null;
        callee.Connect("count", (int value, CallContext context) =>
        {
            seen = context.TimeLeft;
            return value;
        });

        var answer = await callee.Handle(caller).With(timeout: TimeSpan.FromMinutes(1)).InvokeAsync<int>("count", [5], Limit);

        Assert.Equal(5, answer);
        Assert.InRange(seen!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    // Row 14: values that look like flags, errors or {"raw": …} are taken for them.
    [Theory]
    [InlineData("\"NULL\"")]
    [InlineData("\"INVALID_CONNECTION\"")]
    [InlineData("\"b'TlVMTA=='\"")]
    [InlineData("""{"raw":"text"}""")]
    [InlineData("""{"flag":"NULL"}""")]
    [InlineData("""{"error":"ValueError","exception":"no","traceback":"Traceback (most recent call last):"}""")]
    [InlineData("""{"args":[1],"kwargs":{"a":2},"connection":"echo"}""")]
    public async Task A_value_that_looks_like_a_flag_or_an_error_stays_a_value(string json)
    {
        var (caller, callee) = await StartTwoAsync();
        callee.Connect("echo", (JsonElement value) => value);
        using var document = JsonDocument.Parse(json);

        var echoed = await callee.Handle(caller).InvokeAsync<JsonElement>("echo", [document.RootElement], Limit);

        Assert.True(JsonElement.DeepEquals(document.RootElement, echoed), echoed.GetRawText());
    }

    // Row 15: a function named host, group, … breaks its own registration or other peers' sweeps; the keyword tag collides.
    [Theory]
    [InlineData("host")]
    [InlineData("port")]
    [InlineData("group")]
    [InlineData("id")]
    [InlineData("hub")]
    [InlineData("friendly_id")]
    [InlineData("tag")]
    [InlineData("peer")]
    [InlineData("time_out")]
    [InlineData("info")]
    [InlineData("__class__")]
    public async Task A_function_may_have_any_name(string name)
    {
        var (caller, callee) = await StartTwoAsync();
        callee.Connect(name, () => $"my {name}");

        var answer = await callee.Handle(caller).InvokeAsync<string>(name, cancellationToken: Limit);
        var found = await caller.GetPeersAsync(refresh: true, cancellationToken: Limit);

        Assert.Equal($"my {name}", answer);
        Assert.Equal([callee.Id], found.Select(peer => peer.Id));
    }

    // Row 15, its end.
    [Fact]
    public async Task An_argument_may_have_any_name()
    {
        var (caller, callee) = await StartTwoAsync();
        callee.Connect("f", (string tag, string peer, int time_out, string connection) => $"{tag} {peer} {time_out} {connection}");
        var arguments = new CallArguments { ["tag"] = "t", ["peer"] = "p", ["time_out"] = 3, ["connection"] = "c" };

        Assert.Equal("t p 3 c", await callee.Handle(caller).InvokeAsync<string>("f", arguments, Limit));
    }

    private async Task<(LocalPeer Near, LocalPeer Far)> StartTwoAsync() => (await _peers.StartAsync(), await _peers.StartAsync());
}
