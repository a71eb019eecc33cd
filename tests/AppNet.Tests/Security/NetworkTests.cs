using System.Net;
using System.Net.Sockets;
using AppNet.Security;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Security;

/// <summary>Peers of different hosts: closed until a key is shared, then joined by TLS made of it.</summary>
public sealed class NetworkTests : IAsyncDisposable
{
    private const string Here = "127.0.0.2";
    private const string There = "127.0.0.3";

    private readonly Hosts _hosts = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task Nothing_listens_for_other_hosts_until_the_key_is_shared()
    {
        _ = await new KeyFile(_hosts.KeyFileOf(Here), TimeProvider.System).ReadOrMakeAsync(Cancelled);
        var closed = await _hosts.StartAsync(Here);

        Assert.Equal("127.0.0.1", closed.Host);
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync(IPAddress.Parse(Here), closed.Port, Cancelled));
    }

    [Fact]
    public async Task Peers_with_one_key_call_each_other_across_hosts()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here, There);
        var near = await _hosts.StartAsync(Here);
        var far = await _hosts.StartAsync(There);

        Assert.Equal(5, await near.GetPeer(Hosts.AddressOf(far, There)).InvokeAsync<int>("add", [2, 3], Cancelled));
        Assert.Equal(7, await far.GetPeer(near.Id).InvokeAsync<int>("add", [3, 4], Cancelled));
        Assert.Equal(There, far.Host);
        Assert.NotNull(far.Info.KeyGeneration);
        Assert.Equal(far.Info.KeyGeneration, (await near.GetPeer(far.Id).InfoAsync(Cancelled)).KeyGeneration);
        Assert.Contains(_hosts.Log.Entries, entry => entry.Message.Contains("tls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Peers_with_different_keys_are_not_authorized()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here);
        await _hosts.ShareAsync(TlsPeers.SharedRing(), There);
        var near = await _hosts.StartAsync(Here);
        var far = await _hosts.StartAsync(There);

        var failure = await Assert.ThrowsAsync<NetException>(
            () => near.GetPeer(Hosts.AddressOf(far, There)).InvokeAsync<int>("add", [2, 3], Cancelled));

        Assert.Equal(NetError.NotAuthorized, failure.Error);
        Assert.Contains("another key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_without_a_shared_key_dials_no_other_host()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), There);
        var near = await _hosts.StartAsync(Here);
        var far = await _hosts.StartAsync(There);

        var failure = await Assert.ThrowsAsync<NetException>(
            () => near.GetPeer(Hosts.AddressOf(far, There)).InvokeAsync<int>("add", [2, 3], Cancelled));

        Assert.Equal(NetError.PeerNotFound, failure.Error);
        Assert.Contains("until a key is shared", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_led_to_another_member_is_refused()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here, There);
        var near = await _hosts.StartAsync(Here);
        var far = await _hosts.StartAsync(There);
        using var relay = Relay.Start("127.0.0.4", far.Port, There);

        var failure = await Assert.ThrowsAsync<NetException>(
            () => near.GetPeer($"127.0.0.4:{far.Port}").InvokeAsync<int>("add", [2, 3], Cancelled));

        Assert.Equal(NetError.PeerNotFound, failure.Error);
        Assert.Contains("Another peer is meant", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_thrown_back_at_its_dialler_is_refused()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here);
        var near = await _hosts.StartAsync(Here, options => options.ReachedAs.Add(IPAddress.Parse("127.0.0.4")));
        using var mirror = Relay.Start("127.0.0.4", near.Port, Here);

        var failure = await Assert.ThrowsAsync<NetException>(
            () => near.GetPeer($"127.0.0.4:{near.Port}").InvokeAsync<int>("add", [2, 3], Cancelled));

        Assert.Equal(NetError.PeerNotFound, failure.Error);
        Assert.Contains("led back", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_behind_translated_addresses_is_reached_under_the_one_it_names()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here, There);
        var near = await _hosts.StartAsync(Here);
        var far = await _hosts.StartAsync(There, options => options.ReachedAs.Add(IPAddress.Parse("127.0.0.4")));
        using var router = Relay.Start("127.0.0.4", far.Port, There);

        Assert.Equal(5, await near.GetPeer($"127.0.0.4:{far.Port}").InvokeAsync<int>("add", [2, 3], Cancelled));
    }

    [Fact]
    public async Task No_frame_is_read_before_the_key_is_proved()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here);
        var peer = await _hosts.StartAsync(Here);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(Here), peer.Port, Cancelled);

        // All that a dialler says in plain text: a peer that read it would answer.
        await client.GetStream().WriteAsync(WireLimits.Preface.ToArray(), Cancelled);
        var hello = "{\"versions\":[2,2],\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}"u8.ToArray();
        var header = new byte[FrameHeader.Size];
        new FrameHeader((uint)hello.Length, FrameType.Hello, FrameFlags.None, 0, 0).Write(header);

        var failure = await Record.ExceptionAsync(async () =>
        {
            await client.GetStream().WriteAsync(header.Concat(hello).ToArray(), Cancelled);
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], Cancelled));
        });

        Assert.True(failure is null or IOException, $"Ended with {failure}.");
    }

    [Fact]
    public async Task An_open_peer_runs_what_a_stranger_calls_and_warns_of_it_at_its_start()
    {
        var near = await _hosts.StartAsync(Here, options => options.IsOpen = true);
        var far = await _hosts.StartAsync(There, options => options.IsOpen = true);

        Assert.Equal(5, await near.GetPeer(Hosts.AddressOf(far, There)).InvokeAsync<int>("add", [2, 3], Cancelled));
        var warning = Assert.Single(_hosts.Log.Entries, entry => entry.EventId.Name == "NetworkIsOpen" && entry.Message.Contains(There, StringComparison.Ordinal));
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, warning.Level);
        Assert.Contains("plain text", warning.Message, StringComparison.Ordinal);
        Assert.Contains("unset NET_OPEN", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_keeps_the_peer_from_starting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_hosts.KeyFileOf(Here), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        var failure = await Assert.ThrowsAsync<IOException>(() => _hosts.StartAsync(Here));

        Assert.Contains("open to other users", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peers_of_one_host_with_a_shared_key_still_meet_on_their_host()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here);
        var near = await _hosts.StartAsync(Here);
        var far = await _hosts.StartAsync(Here);

        Assert.Equal(5, await near.GetPeer(far.Id).InvokeAsync<int>("add", [2, 3], Cancelled));
        Assert.DoesNotContain(
            _hosts.Log.Entries, entry => entry.EventId.Name == "LinkUp" && entry.Message.Contains("tls", StringComparison.Ordinal));
    }
}
