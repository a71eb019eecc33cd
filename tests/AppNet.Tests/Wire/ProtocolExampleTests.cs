using System.Text;
using AppNet.Links;
using AppNet.Transport;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Wire;

/// <summary>docs/protocol.md, the bytes that it shows.</summary>
public sealed class ProtocolExampleTests
{
    public static TheoryData<string> Names => [.. ProtocolDocument.BlockNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_that_the_document_shows_are_what_peers_write(string name)
    {
        var written = ProtocolExample.Blocks()[name];

        var shown = ProtocolDocument.Block(name);

        Assert.Equal(ProtocolExample.Dump(written), ProtocolExample.Dump(shown));
    }

    [Fact]
    public void Every_example_is_shown() =>
        Assert.Equal(
            ProtocolExample.Blocks().Keys.Order(StringComparer.Ordinal),
            ProtocolDocument.BlockNames.Order(StringComparer.Ordinal));

    [Fact]
    public void The_proofs_of_the_example_are_computed_from_its_bytes_alone()
    {
        var secret = ProtocolDocument.Block("secret");
        var said = PayloadOf(ProtocolDocument.Block("hello")[WireLimits.Preface.Length..]);
        var hello = HandshakeStream.Parse<HelloMessage>(said, HandshakeJson.Default.HelloMessage);
        var welcome = HandshakeStream.Parse<WelcomeMessage>(
            PayloadOf(ProtocolDocument.Block("welcome")[WireLimits.Preface.Length..]),
            HandshakeJson.Default.WelcomeMessage);
        var ready = HandshakeStream.Parse<IntroductionMessage>(
            PayloadOf(ProtocolDocument.Block("ready")), HandshakeJson.Default.IntroductionMessage);

        var acceptor = Proof.Make(secret, isDialler: false, hello.Nonce, welcome.Nonce, said);
        var dialler = Proof.Make(secret, isDialler: true, hello.Nonce, welcome.Nonce, said);

        Assert.Equal(acceptor, welcome.Proof);
        Assert.Equal(dialler, ready.Proof);
    }

    [Fact]
    public async Task The_dialling_side_of_the_example_is_accepted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (near, far) = MemoryDuplex.CreatePair(Info(), Info());
        using var dialler = near;
        var self = new HandshakeParty(ProtocolExample.Acceptor, new LinkOptions());
        byte[] afterwards =
            [.. ProtocolDocument.Block("tag"), .. ProtocolDocument.Block("call"), .. ProtocolDocument.Block("goodbye")];
        await dialler.SendAsync(
            [ProtocolDocument.Block("hello"), ProtocolDocument.Block("ready"), afterwards], cancellation);

        var result = await Accepting.AcceptAsync(far, self, secret: null, cancellation);

        Assert.Equal(ProtocolExample.Dialler, result.Remote);
        Assert.Equal(LinkLimits.Default, result.RemoteLimits);
        Assert.Equal(afterwards, result.Received);
        result.Duplex.Dispose();
    }

    [Fact]
    public void The_numbers_of_the_example_are_five_ten_and_fifty()
    {
        var call = Encoding.UTF8.GetString(PayloadOf(ProtocolDocument.Block("call")));
        var answer = Encoding.UTF8.GetString(PayloadOf(ProtocolDocument.Block("answer")));

        Assert.Equal("[5,10]", call);
        Assert.Equal("50", answer);
    }

    private static DuplexInfo Info() => new("memory", "memory", IsSameHost: true);

    private static byte[] PayloadOf(byte[] bytes)
    {
        var header = FrameHeader.Read(bytes);
        return new Frame(header, bytes.AsSpan(FrameHeader.Size, (int)header.Length)).Payload.ToArray();
    }
}
