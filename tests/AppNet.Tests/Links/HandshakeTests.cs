using System.Text;
using AppNet.Links;
using AppNet.TestKit;
using AppNet.Transport;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class HandshakeTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly PeerInfo Dialler = LinkSide.Name(4001);
    private static readonly PeerInfo Acceptor = LinkSide.Name(4002);

    [Fact]
    public async Task Both_sides_learn_who_the_other_is_and_what_it_takes()
    {
        var limits = new LinkLimits(5000, 6, 7);

        var (dialled, accepted) = await ShakeAsync(Secret, Secret, acceptorOptions: new LinkOptions { Limits = limits });

        Assert.Equal(Acceptor, dialled.Remote);
        Assert.Equal(limits, dialled.RemoteLimits);
        Assert.True(dialled.IsDialler);
        Assert.Equal(Dialler, accepted.Remote);
        Assert.Equal(LinkLimits.Default, accepted.RemoteLimits);
        Assert.False(accepted.IsDialler);
    }

    [Fact]
    public async Task Without_a_secret_no_proof_is_due()
    {
        var (dialled, accepted) = await ShakeAsync(null, null);

        Assert.Equal(Acceptor, dialled.Remote);
        Assert.Equal(Dialler, accepted.Remote);
    }

    [Fact]
    public async Task Where_proof_is_needed_a_listener_that_offers_none_learns_nothing()
    {
        var network = new MemoryNetwork();
        var listener = network.OpenTransport().Listen(Address);
        var target = Target(listener, secret: null) with { NeedsProof = true };
        var dialling = Dialling.DialAsync(network.OpenTransport(), target, Party(Dialler), CancellationToken.None);
        var duplex = await listener.AcceptAsync(CancellationToken.None);

        var accepting = Accepting.AcceptAsync(duplex, Party(Acceptor), secret: null, CancellationToken.None);

        Assert.Equal(NetError.NotAuthorized, (await Assert.ThrowsAsync<NetException>(() => dialling.Within())).Error);
        var left = await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within());
        Assert.Contains("ended in the middle", left.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_secret_proves_nothing()
    {
        byte[] other = [.. Secret.Reverse()];

        var (dialling, accepting) = await FailAsync(other, Secret);

        Assert.Equal(NetError.PeerNotFound, dialling.Error);
        Assert.Contains("could not prove", dialling.Message, StringComparison.Ordinal);
        Assert.Equal(NetError.Refused, accepting.Error);
    }

    [Fact]
    public async Task A_side_without_the_secret_gets_no_link()
    {
        Assert.Equal(NetError.NotAuthorized, (await FailAsync(null, Secret)).Dialling.Error);
        Assert.Equal(NetError.PeerNotFound, (await FailAsync(Secret, null)).Dialling.Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task A_dialling_side_that_does_not_prove_itself_is_told_that_it_is_not_authorized(string? proof)
    {
        var (near, far) = Pair();
        var accepting = Accepting.AcceptAsync(far, Party(Acceptor), Secret, CancellationToken.None);
        var stream = new HandshakeStream(near, 64 * 1024);
        await stream.WriteAsync(FrameType.Hello, new HelloMessage([2, 2], new byte[32]), HandshakeJson.Default.HelloMessage, CancellationToken.None);
        await stream.ReadPrefaceAsync(CancellationToken.None);
        Assert.Equal(FrameType.Welcome, (await stream.ReadAsync(CancellationToken.None)).Type);
        var ready = Introduction.Of(Party(Dialler), proof is null ? null : Convert.FromBase64String(proof));
        await stream.WriteAsync(FrameType.Ready, ready, HandshakeJson.Default.IntroductionMessage, CancellationToken.None);

        var (type, payload) = await stream.ReadAsync(CancellationToken.None).AsTask().Within();

        Assert.Equal(FrameType.Reject, type);
        Assert.Equal("NotAuthorized", HandshakeStream.Parse(payload, HandshakeJson.Default.RejectMessage).Error);
        Assert.Equal(NetError.NotAuthorized, (await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within())).Error);
    }

    [Fact]
    public async Task Versions_that_do_not_match_are_named_on_both_sides()
    {
        var (near, far) = Pair();
        var accepting = Accepting.AcceptAsync(far, Party(Acceptor), Secret, CancellationToken.None);
        var stream = new HandshakeStream(near, 64 * 1024);
        await stream.WriteAsync(FrameType.Hello, new HelloMessage([7, 9], new byte[32]), HandshakeJson.Default.HelloMessage, CancellationToken.None);
        await stream.ReadPrefaceAsync(CancellationToken.None);

        var (type, payload) = await stream.ReadAsync(CancellationToken.None).AsTask().Within();

        Assert.Equal(FrameType.Reject, type);
        var reject = HandshakeStream.Parse(payload, HandshakeJson.Default.RejectMessage);
        Assert.Equal("VersionMismatch", reject.Error);
        Assert.Equal([2, 2], reject.Versions);
        var here = await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within());
        Assert.Equal(NetError.VersionMismatch, here.Error);
        Assert.Contains("2 to 2", here.Message, StringComparison.Ordinal);
        Assert.Contains("7 to 9", here.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dialling_side_names_both_versions_when_it_is_rejected_for_its_own()
    {
        var reject = new RejectMessage("VersionMismatch", "Too old.", [8, 9]);
        var failed = await DialAgainstAsync(stream =>
            stream.WriteAsync(FrameType.Reject, reject, HandshakeJson.Default.RejectMessage, CancellationToken.None).AsTask());

        Assert.Equal(NetError.VersionMismatch, failed.Error);
        Assert.Contains("2 to 2", failed.Message, StringComparison.Ordinal);
        Assert.Contains("8 to 9", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reject_never_claims_that_a_function_has_run()
    {
        var reject = new RejectMessage("RemoteFailure", "Nonsense.", [2, 2]);

        var failed = await DialAgainstAsync(stream =>
            stream.WriteAsync(FrameType.Reject, reject, HandshakeJson.Default.RejectMessage, CancellationToken.None).AsTask());

        Assert.Equal(NetError.Refused, failed.Error);
    }

    [Theory]
    [InlineData(nameof(FrameType.Welcome), "{}")]
    [InlineData(nameof(FrameType.Welcome), """{"version":2}""")]
    [InlineData(nameof(FrameType.Welcome), """{"version":2,"nonce":null}""")]
    [InlineData(nameof(FrameType.Welcome), """{"version":2,"nonce":"AA=="}""")]
    [InlineData(nameof(FrameType.Welcome), """{"version":9,"nonce":"AA=="}""")]
    [InlineData(nameof(FrameType.Welcome), "[]")]
    [InlineData(nameof(FrameType.Welcome), "")]
    [InlineData(nameof(FrameType.Reject), "{}")]
    [InlineData(nameof(FrameType.Reject), """{"error":"VersionMismatch","message":"m"}""")]
    [InlineData(nameof(FrameType.Accept), "{}")]
    [InlineData(nameof(FrameType.Answer), "{}")]
    public async Task A_reply_that_is_none_is_an_error_of_the_way_to_the_peer(string type, string payload)
    {
        var failed = await DialAgainstAsync(async stream =>
        {
            await stream.Duplex.SendAsync([WireLimits.Preface.ToArray(), RawPeer.Frame(Enum.Parse<FrameType>(type), 0, 0, Encoding.UTF8.GetBytes(payload))], CancellationToken.None);
        });

        Assert.Equal(CallOutcome.HasNotRun, failed.Outcome);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    [InlineData("{\"error\":1}")]
    [InlineData("AppNet/9")]
    [InlineData("")]
    public async Task A_dialling_side_says_that_it_met_no_peer(string answer)
    {
        var failed = await DialAgainstAsync(async stream =>
        {
            await stream.Duplex.SendAsync([Encoding.ASCII.GetBytes(answer)], CancellationToken.None);
            stream.Duplex.CompleteSending();
        });

        Assert.Equal(NetError.PeerNotFound, failed.Error);
        Assert.Contains("no AppNet peer", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", "TLS")]
    [InlineData("{\"hello\": 1}", "0.6")]
    [InlineData("e30=", "0.3 or 0.4")]
    [InlineData("\u00ff\u00fe\u0001", "no protocol")]
    [InlineData("AppNet/9", "another protocol")]
    [InlineData("App", "another protocol")]
    [InlineData("", "without a word")]
    public async Task A_stranger_is_named_and_told_nothing(string said, string name)
    {
        var (near, far) = Pair();
        var accepting = Accepting.AcceptAsync(far, Party(Acceptor), Secret, CancellationToken.None);

        await near.SendAsync([Encoding.Latin1.GetBytes(said)], CancellationToken.None);
        near.CompleteSending();

        var failed = await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within());
        Assert.Equal(NetError.Refused, failed.Error);
        Assert.False(failed.TellsOtherSide);
        Assert.Contains(name, failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, await near.ReceiveAsync(new byte[100], CancellationToken.None).AsTask().Within());
    }

    [Fact]
    public async Task A_dialler_that_means_another_peer_is_told_so()
    {
        var (wrongPort, _) = await FailAsync(Secret, Secret, id: new PeerId(Acceptor.Host, 4999, Acceptor.Group));
        Assert.Equal(NetError.PeerNotFound, wrongPort.Error);
        Assert.Contains("4999", wrongPort.Message, StringComparison.Ordinal);

        var (wrongInstance, _) = await FailAsync(Secret, Secret, instance: Guid.NewGuid());
        Assert.Equal(NetError.PeerNotFound, wrongInstance.Error);
    }

    [Fact]
    public async Task Silence_ends_the_handshake_in_time_on_either_side()
    {
        var time = new ManualTimeProvider();
        var options = new LinkOptions { Time = time };
        var (near, far) = Pair();
        var accepting = Accepting.AcceptAsync(far, new HandshakeParty(Acceptor, options), Secret, CancellationToken.None);
        var network = new MemoryNetwork();
        using var listener = network.OpenTransport().Listen(Address);
        var dialling = Dialling.DialAsync(network.OpenTransport(), Target(listener, Secret), new HandshakeParty(Dialler, options), CancellationToken.None);
        using var accepted = await listener.AcceptAsync(CancellationToken.None);

        time.Advance(options.ProofTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(accepting.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within());
        time.Advance(options.HandshakeTimeout - options.ProofTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(dialling.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("2 s", (await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within())).Message, StringComparison.Ordinal);
        Assert.Equal(NetError.PeerNotFound, (await Assert.ThrowsAsync<NetException>(() => dialling.Within())).Error);
        near.Dispose();
    }

    [Fact]
    public async Task A_dialler_that_is_cancelled_is_cancelled()
    {
        var network = new MemoryNetwork();
        using var listener = network.OpenTransport().Listen(Address);
        using var source = new CancellationTokenSource();
        var dialling = Dialling.DialAsync(network.OpenTransport(), Target(listener, Secret), Party(Dialler), source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling.Within());
    }

    [Fact]
    public async Task A_handshake_that_is_cut_after_any_byte_fails_on_both_sides()
    {
        for (var cut = 1; cut < 1200; cut += 37)
        {
            foreach (var cutsDialler in new[] { true, false })
            {
                var (dialling, accepting) = Start(Secret, Secret, onOpened: duplex =>
                {
                    if (duplex.IsDialled)
                    {
                        (cutsDialler ? duplex.Sending : duplex.Receiving).CutAfter(cut);
                    }
                });
                var near = await Record.ExceptionAsync(() => dialling.Within());
                var far = await Record.ExceptionAsync(() => accepting.Within());

                Assert.True(near is null or NetException { Outcome: CallOutcome.HasNotRun }, $"after {cut}: {near}");
                Assert.True(far is null or HandshakeException, $"after {cut}: {far}");
            }
        }
    }

    [Fact]
    public async Task A_handshake_goes_byte_by_byte_too()
    {
        var (dialling, accepting) = Start(Secret, Secret, onOpened: duplex =>
        {
            duplex.Sending.Slow();
            duplex.Receiving.Slow();
        });

        Assert.Equal(Acceptor, (await dialling.Within()).Remote);
        Assert.Equal(Dialler, (await accepting.Within()).Remote);
    }

    [Fact]
    public async Task A_handshake_frame_is_bounded()
    {
        var (near, far) = Pair();
        var accepting = Accepting.AcceptAsync(far, Party(Acceptor), Secret, CancellationToken.None);
        var header = new byte[FrameHeader.Size];
        new FrameHeader(WireLimits.MaxHandshakeFrame + 1, FrameType.Hello, FrameFlags.None, 0, 0).Write(header);

        await near.SendAsync([WireLimits.Preface.ToArray(), header], CancellationToken.None);

        Assert.Contains("more than", (await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_behind_the_handshake_is_kept()
    {
        var (near, far) = Pair();
        var accepting = Accepting.AcceptAsync(far, Party(Acceptor), null, CancellationToken.None);
        var stream = new HandshakeStream(near, 64 * 1024);
        await stream.WriteAsync(FrameType.Hello, new HelloMessage([2, 2], new byte[32]), HandshakeJson.Default.HelloMessage, CancellationToken.None);
        await stream.ReadPrefaceAsync(CancellationToken.None);
        await stream.ReadAsync(CancellationToken.None);
        var ready = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Introduction.Of(Party(Dialler), null), HandshakeJson.Default.IntroductionMessage);

        await near.SendAsync([RawPeer.Frame(FrameType.Ready, 0, 0, ready).Concat(new byte[] { 1, 2, 3 }).ToArray()], CancellationToken.None);

        Assert.Equal([1, 2, 3], (await accepting.Within()).Received.ToArray());
    }

    private static TransportAddress Address => new("memory", Acceptor.Host, Acceptor.Port);

    private static HandshakeParty Party(PeerInfo info, LinkOptions? options = null) => new(info, options ?? new LinkOptions());

    private static (MemoryDuplex Near, MemoryDuplex Far) Pair()
    {
        var info = new DuplexInfo("memory", "test", IsSameHost: true);
        return MemoryDuplex.CreatePair(info, info);
    }

    private static DialTarget Target(IDuplexListener listener, byte[]? secret, Guid? instance = null, PeerId? id = null) =>
        new(id ?? Acceptor.Id, listener.Address, instance ?? Acceptor.Instance, secret);

    private static (Task<HandshakeResult> Dialling, Task<HandshakeResult> Accepting) Start(
        byte[]? diallerSecret,
        byte[]? acceptorSecret,
        Action<FaultyDuplex>? onOpened = null,
        LinkOptions? acceptorOptions = null,
        Guid? instance = null,
        PeerId? id = null)
    {
        var transport = new FaultyTransport(new MemoryNetwork().OpenTransport(), seed: 3);
        transport.OnOpened(onOpened);
        var listener = transport.Listen(Address);
        var accepting = AcceptAsync();
        return (Dialling.DialAsync(transport, Target(listener, diallerSecret, instance, id), Party(Dialler), CancellationToken.None), accepting);

        async Task<HandshakeResult> AcceptAsync()
        {
            var duplex = await listener.AcceptAsync(CancellationToken.None);
            return await Accepting.AcceptAsync(duplex, Party(Acceptor, acceptorOptions), acceptorSecret, CancellationToken.None);
        }
    }

    private static async Task<(HandshakeResult Dialled, HandshakeResult Accepted)> ShakeAsync(
        byte[]? diallerSecret, byte[]? acceptorSecret, LinkOptions? acceptorOptions = null)
    {
        var (dialling, accepting) = Start(diallerSecret, acceptorSecret, acceptorOptions: acceptorOptions);
        return (await dialling.Within(), await accepting.Within());
    }

    private static async Task<(NetException Dialling, HandshakeException Accepting)> FailAsync(
        byte[]? diallerSecret, byte[]? acceptorSecret, Guid? instance = null, PeerId? id = null)
    {
        var (dialling, accepting) = Start(diallerSecret, acceptorSecret, instance: instance, id: id);
        return (await Assert.ThrowsAsync<NetException>(() => dialling.Within()), await Assert.ThrowsAsync<HandshakeException>(() => accepting.Within()));
    }

    private static async Task<NetException> DialAgainstAsync(Func<ByHand, Task> answer)
    {
        var network = new MemoryNetwork();
        using var listener = network.OpenTransport().Listen(Address);
        var dialling = Dialling.DialAsync(network.OpenTransport(), Target(listener, null), Party(Dialler), CancellationToken.None);
        using var duplex = await listener.AcceptAsync(CancellationToken.None);
        await answer(new ByHand(duplex));
        return await Assert.ThrowsAsync<NetException>(() => dialling.Within());
    }

    private sealed record ByHand(IDuplex Duplex)
    {
        private readonly HandshakeStream _stream = new(Duplex, 64 * 1024);

        public ValueTask<byte[]> WriteAsync<T>(
            FrameType type, T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken) =>
            _stream.WriteAsync(type, message, typeInfo, cancellationToken);
    }
}
