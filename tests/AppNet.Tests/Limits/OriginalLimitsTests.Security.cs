using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using AppNet.Tests.Events;
using Xunit;

namespace AppNet.Tests.Limits;

public sealed partial class OriginalLimitsTests
{
    // Row 17: no authentication.
    [Theory]
    [InlineData("""{"connection": "open", "args": [], "kwargs": {}}""")]
    [InlineData("eyJjb25uZWN0aW9uIjogIm9wZW4ifQ==")]
    public async Task Who_does_not_prove_to_be_of_this_user_is_told_nothing_and_runs_nothing(string request)
    {
        await using var host = new Host();
        var peer = await host.StartAsync(Limit);
        var ran = false;
        peer.Connect("open", () => ran = true);
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await stranger.ConnectAsync(IPAddress.Parse(peer.Host), peer.Port, Limit);

        await stranger.SendAsync(Encoding.ASCII.GetBytes(request), Limit);

        // The peer closes without a word; what it has not read makes that a reset.
        var answer = new byte[1024];
        var length = 0;
        try
        {
            length = await stranger.ReceiveAsync(answer, Limit);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
        }

        Assert.Equal(0, length);
        Assert.False(ran);
    }

    // Row 17: anyone subscribes any address.
    [Fact]
    public async Task A_peer_subscribes_itself_and_nobody_else()
    {
        var (publisher, subscriber) = await StartTwoAsync();
        var victim = await _peers.StartAsync();
        object?[] arguments = ["e", victim.Host, victim.Port, "handler"];

        var refused = await Assert.ThrowsAsync<NetException>(() => publisher.Handle(subscriber)
            .InvokeAsync("net.defaults.handlers.subscription_handler", [.. arguments], Limit));
        using var subscription = await subscriber.SubscribeAsync("e", () => { }, publisher.Handle(subscriber), Limit);

        Assert.Equal(CallOutcome.HasNotRun, refused.Outcome);
        Assert.Equal([subscriber.Id], publisher.Subscriptions["e"].Select(peer => peer.Id));
    }

    // Row 17: tracebacks show paths.
    [Fact]
    public async Task A_remote_stack_names_files_and_no_folders()
    {
        var (caller, callee) = await StartTwoAsync();
        callee.Connect("fail", int () => throw new CheckoutException());

        var failed = await Assert.ThrowsAsync<RemoteException>(() => callee.Handle(caller).InvokeAsync<int>("fail", cancellationToken: Limit));

        Assert.Contains($"{Path.GetFileName(ThisFile())}:line ", failed.RemoteStackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(ThisFile())!, failed.RemoteStackTrace, StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private sealed class CheckoutException() : Exception("The till is closed.");
}
