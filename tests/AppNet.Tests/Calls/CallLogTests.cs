using AppNet.TestKit;
using AppNet.Tests.Links;
using AppNet.Tests.Peers;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>The lines that are logged for each call while debug logs are wanted.</summary>
public sealed class CallLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_has_a_line_for_itself_and_its_end_on_both_sides_under_one_id()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("secret", (string password) => password);

        _ = await peers.ToFar.InvokeAsync<string>("secret", ["swordfish"], Token).Within();

        var sent = await LineAsync(peers.NearLog, "CallSent", "secret");
        var ended = await LineAsync(peers.NearLog, "CallEnded", "secret");
        var taken = await LineAsync(peers.FarLog, "CallTaken", "secret");
        var answered = await LineAsync(peers.FarLog, "CallAnswered", "secret");
        Assert.Single(new[] { sent, ended, taken, answered }.Select(line => line.Parameters["Call"]).Distinct());
        Assert.EndsWith("a result.", ended.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(peers.NearLog.Entries.Concat(peers.FarLog.Entries), line => line.Message.Contains("swordfish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_says_how_the_call_ended()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("busy", string () => throw new FlagException("BUSY"));
        _ = peers.Far.Connect("fail", string () => throw new InvalidDataException("no"));
        peers.Near.SetFlag("BUSY", _ => "later");

        _ = await peers.ToFar.InvokeAsync<string>("busy", cancellationToken: Token).Within();
        _ = await Assert.ThrowsAsync<InvalidDataException>(() => peers.ToFar.InvokeAsync<string>("fail", cancellationToken: Token).Within());
        _ = await Assert.ThrowsAsync<NetException>(() => peers.ToFar.InvokeAsync<string>("none", cancellationToken: Token).Within());

        foreach (var (tag, outcome) in new[] { ("busy", "the flag 'BUSY'."), ("fail", "RemoteFailure."), ("none", "NoSuchConnection.") })
        {
            Assert.EndsWith(outcome, (await LineAsync(peers.NearLog, "CallEnded", tag)).Message, StringComparison.Ordinal);
            Assert.EndsWith(outcome, (await LineAsync(peers.FarLog, "CallAnswered", tag)).Message, StringComparison.Ordinal);
        }
    }

    private static Task<LogEntry> LineAsync(LogRecorder log, string name, string tag) =>
        log.WaitForAsync(entry => entry.EventId.Name == name && Equals(entry.Parameters["Tag"], tag), Token).Within();
}
