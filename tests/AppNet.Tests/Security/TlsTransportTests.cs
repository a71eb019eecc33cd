using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AppNet.Conformance;
using AppNet.Security;
using AppNet.TestKit;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Security;

/// <summary>TLS against those who have no business there, and between those whose keys rotate.</summary>
[SuppressMessage("Reliability", "CA2025", Justification = "What is not awaited ends with what it uses.")]
public sealed class TlsTransportTests
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Peers_with_different_keys_do_not_meet_and_the_dialling_one_says_why()
    {
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(TlsPeers.SharedRing(), log).Listen(TlsPeers.AnyPort());

        var failure = await Assert.ThrowsAsync<NotAcceptedException>(
            async () => await TlsPeers.Transport(TlsPeers.SharedRing()).ConnectAsync(listener.Address, Cancelled));

        Assert.Contains("another key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_without_a_key_dials_nobody_and_listens_nowhere()
    {
        var transport = TlsPeers.Transport(ring: null);

        Assert.Throws<IOException>(() => transport.Listen(TlsPeers.AnyPort()));
        await Assert.ThrowsAsync<IOException>(async () => await transport.ConnectAsync(TlsPeers.AnyPort() with { Port = 1 }, Cancelled));
    }

    [Fact]
    public Task Who_has_no_certificate_is_refused() => AssertRefusedAsync(certificate: null, "no certificate");

    [Fact]
    public async Task Who_pretends_to_join_is_refused_where_nobody_is_invited()
    {
        var ring = TlsPeers.SharedRing();
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(ring, log).Listen(TlsPeers.AnyPort());
        var accepting = listener.AcceptAsync(Cancelled).AsTask();

        try
        {
            using var stranger = await TlsPeers.Transport(ring: null)
                .ConnectToInviterAsync(listener.Address, new KeyCertificate(ring.Newest).Fingerprint, Cancelled);
            _ = await stranger.ReceiveAsync(new byte[1], Cancelled);
        }
        catch (IOException)
        {
            // It learns that it is refused now or by what it reads.
        }

        await log.WaitForAsync(entry => entry.Message.Contains("no certificate", StringComparison.Ordinal), Cancelled);
        Assert.False(accepting.IsCompleted, "It was let in.");
    }

    [Fact]
    public Task Who_has_a_foreign_certificate_is_refused() =>
        AssertRefusedAsync(ForeignCertificate(), "another key");

    [Fact]
    public async Task A_certificate_of_the_right_key_that_has_expired_is_refused()
    {
        var now = new ManualTimeProvider(new DateTimeOffset(2121, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var ring = TlsPeers.SharedRing();
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(ring, log, time: now).Listen(TlsPeers.AnyPort());

        await DialAsync(TlsPeers.Transport(ring), listener.Address);

        await log.WaitForAsync(entry => entry.Message.Contains("another key", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task Who_speaks_an_older_tls_is_refused()
    {
        var ring = TlsPeers.SharedRing();
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(ring, log).Listen(TlsPeers.AnyPort());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancelled);
        await using var tls = new SslStream(client.GetStream());

#pragma warning disable SYSLIB0039, CA5397, CA5398, CA5359 // That it is old, and believes anybody, is the point.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = TlsNames.Of(ring.Newest),
            EnabledSslProtocols = SslProtocols.Tls12,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            ClientCertificateContext = new KeyCertificate(ring.Newest).Context,
        };
#pragma warning restore SYSLIB0039, CA5397, CA5398, CA5359

        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(options, Cancelled));
        await log.WaitForAsync(entry => entry.Message.Contains("was refused", StringComparison.Ordinal), Cancelled);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("AppNet/2")]
    [InlineData("{\"a\":1}")]
    public async Task Who_speaks_plain_text_to_the_port_is_disconnected_without_a_word(string text)
    {
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(TlsPeers.SharedRing(), log).Listen(TlsPeers.AnyPort());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancelled);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancelled);

        Assert.Equal(0, await ReadToEndAsync(client));
        await log.WaitForAsync(entry => entry.Message.Contains("does not speak TLS", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task What_a_member_once_said_opens_nothing_when_it_is_said_again()
    {
        var ring = TlsPeers.SharedRing();
        var transport = TlsPeers.Transport(ring);
        using var listener = transport.Listen(TlsPeers.AnyPort());
        using var wire = new TcpListener(IPAddress.Loopback, 0);
        wire.Start();
        var recording = RecordAsync(wire, listener.Address.Port);
        using (var member = await transport.ConnectAsync(AddressOf(wire), Cancelled))
        using (await listener.AcceptAsync(Cancelled))
        {
            await member.SendAsync(Traffic.One(1, 2, 3), Cancelled);
        }

        using var thief = new TcpClient();
        await thief.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancelled);
        await thief.GetStream().WriteAsync(await recording, Cancelled);
        var accepting = listener.AcceptAsync(Cancelled).AsTask();
        _ = await ReadToEndAsync(thief);

        Assert.False(accepting.IsCompleted, "A replayed greeting was let in.");
    }

    [Fact]
    public async Task Slow_strangers_do_not_keep_members_out()
    {
        var ring = TlsPeers.SharedRing();
        using var listener = TlsPeers.Transport(ring, limits: TlsPeers.Limits with { HandshakesAtOnce = 128 }).Listen(TlsPeers.AnyPort());
        var strangers = new List<TcpClient>();
        for (var i = 0; i < 100; i++)
        {
            var stranger = new TcpClient();
            strangers.Add(stranger);
            await stranger.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancelled);
            await stranger.GetStream().WriteAsync(new byte[] { 0x16 }, Cancelled);
        }

        using var member = await TlsPeers.Transport(ring).ConnectAsync(listener.Address, Cancelled);
        using var accepted = await listener.AcceptAsync(Cancelled);
        await member.SendAsync(Traffic.One(9), Cancelled);

        Assert.Equal([9], await Traffic.ReceiveExactlyAsync(accepted, 1, Cancelled));
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task A_stranger_that_does_not_finish_is_left()
    {
        var time = new ManualTimeProvider();
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(TlsPeers.SharedRing(), log, TlsLimits.Default, time: time).Listen(TlsPeers.AnyPort());
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancelled);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(5));

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(0, await ReadToEndAsync(stranger));
        await log.WaitForAsync(entry => entry.Message.Contains("within 5 s", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task An_address_that_fails_too_often_is_turned_away_until_the_minute_is_over()
    {
        var time = new ManualTimeProvider();
        var log = new LogRecorder();
        var ring = TlsPeers.SharedRing();
        using var listener = TlsPeers.Transport(ring, log, failuresPerMinute: 3, time: time).Listen(TlsPeers.AnyPort());
        for (var i = 0; i < 3; i++)
        {
            await DialAsync(TlsPeers.Transport(TlsPeers.SharedRing()), listener.Address);
        }

        await log.WaitForAsync(entry => entry.Message.Contains("turned away unheard", StringComparison.Ordinal), Cancelled);
        await Assert.ThrowsAnyAsync<IOException>(async () => await TlsPeers.Transport(ring).ConnectAsync(listener.Address, Cancelled));

        time.Advance(TimeSpan.FromSeconds(61));
        using var member = await TlsPeers.Transport(ring).ConnectAsync(listener.Address, Cancelled);
    }

    [Fact]
    public async Task Members_meet_while_their_keys_rotate()
    {
        var old = TlsPeers.SharedRing();
        var rotated = old.Rotate(NetworkKey.Make());
        using var oldListener = TlsPeers.Transport(old).Listen(TlsPeers.AnyPort());
        using var newListener = TlsPeers.Transport(rotated).Listen(TlsPeers.AnyPort());

        using var toOld = await TlsPeers.Transport(rotated).ConnectAsync(oldListener.Address, Cancelled);
        using var toNew = await TlsPeers.Transport(old).ConnectAsync(newListener.Address, Cancelled);
        using var oldEnd = await oldListener.AcceptAsync(Cancelled);
        using var newEnd = await newListener.AcceptAsync(Cancelled);

        await toOld.SendAsync(Traffic.One(1), Cancelled);
        await toNew.SendAsync(Traffic.One(2), Cancelled);
        Assert.Equal([1], await Traffic.ReceiveExactlyAsync(oldEnd, 1, Cancelled));
        Assert.Equal([2], await Traffic.ReceiveExactlyAsync(newEnd, 1, Cancelled));
    }

    [Fact]
    public async Task A_key_that_was_rotated_away_opens_nothing()
    {
        var old = TlsPeers.SharedRing();
        var rotated = old.Rotate(NetworkKey.Make()).Rotate(NetworkKey.Make());
        using var listener = TlsPeers.Transport(rotated).Listen(TlsPeers.AnyPort());

        await Assert.ThrowsAsync<NotAcceptedException>(async () => await TlsPeers.Transport(old).ConnectAsync(listener.Address, Cancelled));
    }

    [Fact]
    public void The_certificates_of_a_key_are_of_one_pair()
    {
        var key = NetworkKey.Make();

        Assert.Equal(new KeyCertificate(key).Fingerprint, new KeyCertificate(NetworkKey.Of(key.Reveal())).Fingerprint);
        Assert.NotEqual(new KeyCertificate(key).Fingerprint, new KeyCertificate(NetworkKey.Make()).Fingerprint);
    }

    // Its TLS may succeed on its own side, and end with the first read: either is a refusal.
    private static async Task DialAsync(TlsTransport transport, TransportAddress address)
    {
        try
        {
            using var duplex = await transport.ConnectAsync(address, Cancelled);
            _ = await duplex.ReceiveAsync(new byte[1], Cancelled);
        }
        catch (IOException)
        {
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "It is a stranger that doesn't care whom it speaks with.")]
    private static async Task AssertRefusedAsync(X509Certificate2? certificate, string reason)
    {
        var ring = TlsPeers.SharedRing();
        var log = new LogRecorder();
        using var listener = TlsPeers.Transport(ring, log).Listen(TlsPeers.AnyPort());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port, Cancelled);
        await using var tls = new SslStream(client.GetStream());
        var accepting = listener.AcceptAsync(Cancelled).AsTask();

        var failure = await Record.ExceptionAsync(async () =>
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = TlsNames.Of(ring.Newest),
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    ClientCertificates = certificate is null ? null : [certificate],
                },
                Cancelled);
            Assert.Equal(0, await tls.ReadAsync(new byte[1], Cancelled));
        });

        Assert.True(failure is null or IOException or AuthenticationException, $"Ended with {failure}.");
        await log.WaitForAsync(entry => entry.Message.Contains(reason, StringComparison.Ordinal), Cancelled);
        Assert.False(accepting.IsCompleted, "It was let in.");
    }

    private static X509Certificate2 ForeignCertificate()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=AppNet", pair, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static TransportAddress AddressOf(TcpListener listener) =>
        TlsPeers.AnyPort() with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };

    private static async Task<int> ReadToEndAsync(TcpClient client)
    {
        var total = 0;
        var buffer = new byte[4096];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, Cancelled).AsTask().WaitAsync(Safety, TimeProvider.System, Cancelled) is > 0 and var count)
            {
                total += count;
            }
        }
        catch (IOException)
        {
            // Reset is an end as well.
        }

        return total;
    }

    /// <summary>Passes one connection on, and keeps what its dialling side says.</summary>
    private static async Task<byte[]> RecordAsync(TcpListener from, int toPort)
    {
        using var near = await from.AcceptTcpClientAsync(Cancelled);
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, toPort, Cancelled);
        using var kept = new MemoryStream();
        var back = far.GetStream().CopyToAsync(near.GetStream(), Cancelled);
        var buffer = new byte[4096];
        try
        {
            while (await near.GetStream().ReadAsync(buffer, Cancelled) is > 0 and var count)
            {
                await kept.WriteAsync(buffer.AsMemory(0, count), Cancelled);
                await far.GetStream().WriteAsync(buffer.AsMemory(0, count), Cancelled);
            }

            far.Client.Shutdown(SocketShutdown.Send);
            await back;
        }
        catch (IOException)
        {
            // One of them has gone.
        }

        return kept.ToArray();
    }
}
