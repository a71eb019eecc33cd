using System.Security.Cryptography;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Links;

/// <summary>The accepting side of the handshake. docs/protocol.md, section 4.</summary>
internal static class Accepting
{
    /// <summary>Does the handshake with whoever connected and was not read from. The duplex is disposed when it fails.</summary>
    /// <param name="duplex">What was accepted.</param>
    /// <param name="self">What this side is.</param>
    /// <param name="secret">What the other side must prove to know; null where the transport needs no proof.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <returns>The duplex, with what the other side said.</returns>
    /// <exception cref="HandshakeException">There is no link; the message is for the log.</exception>
    public static Task<HandshakeResult> AcceptAsync(
        IDuplex duplex, HandshakeParty self, byte[]? secret, CancellationToken cancellationToken) =>
        AcceptAsync(duplex, first: default, self, secret, cancellationToken);

    /// <summary>Does the handshake with whoever connected. The duplex is disposed when it fails.</summary>
    /// <param name="duplex">What was accepted.</param>
    /// <param name="first">What has been received from it.</param>
    /// <param name="self">What this side is.</param>
    /// <param name="secret">What the other side must prove to know; null where the transport needs no proof.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <param name="refuse">Asked when the other side has proved itself: why it gets no link, or null. Null: it gets one.</param>
    /// <returns>The duplex, with what the other side said.</returns>
    /// <exception cref="HandshakeException">There is no link; the message is for the log.</exception>
    public static async Task<HandshakeResult> AcceptAsync(
        IDuplex duplex,
        ReadOnlyMemory<byte> first,
        HandshakeParty self,
        byte[]? secret,
        CancellationToken cancellationToken,
        Func<HandshakeException?>? refuse = null)
    {
        // Who has not proved itself holds one of few places, so it gets less time.
        var options = self.Options;
        using var patience = new Patience(options.TimeUntilProof, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var stream = new HandshakeStream(duplex, options.HandshakeBytes, first.Span);
        try
        {
            return await ShakeAsync(duplex, stream, self, secret, OnProof, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await RejectAsync(stream, exception, either.Token).ConfigureAwait(false);
            duplex.Dispose();
            throw exception switch
            {
                HandshakeException => exception,
                OperationCanceledException when patience.Token.IsCancellationRequested => new HandshakeException(
                    NetError.Refused, $"It did not finish within {patience.Limit.TotalSeconds:0.#} s."),
                _ => new HandshakeException(NetError.Refused, exception.Message),
            };
        }

        void OnProof()
        {
            patience.Extend(options.HandshakeTimeout);
            if (refuse?.Invoke() is { } refusal)
            {
                throw refusal;
            }
        }
    }

    private static async Task<HandshakeResult> ShakeAsync(
        IDuplex duplex, HandshakeStream stream, HandshakeParty self, byte[]? secret, Action onProof, CancellationToken cancellationToken)
    {
        var preface = await stream.ReadPrefaceAsync(cancellationToken).ConfigureAwait(false);
        if (!preface.Span.SequenceEqual(WireLimits.Preface))
        {
            throw new HandshakeException(Stranger.Recognise(preface.Span));
        }

        var said = (await ReadAsync(stream, FrameType.Hello, cancellationToken).ConfigureAwait(false)).ToArray();
        var hello = HandshakeStream.Parse<HelloMessage>(said, HandshakeJson.Default.HelloMessage);
        var version = ChooseVersion(hello);
        CheckTarget(hello.Target, self);

        var nonce = RandomNumberGenerator.GetBytes(Proof.NonceSize);
        var proof = secret is null ? null : Proof.Make(secret, isDialler: false, hello.Nonce, nonce, said);
        _ = await stream.WriteAsync(
            FrameType.Welcome,
            new WelcomeMessage(version, nonce, proof),
            HandshakeJson.Default.WelcomeMessage,
            cancellationToken).ConfigureAwait(false);

        var ready = HandshakeStream.Parse(
            await ReadAsync(stream, FrameType.Ready, cancellationToken).ConfigureAwait(false),
            HandshakeJson.Default.IntroductionMessage);
        if (secret is not null && !Proof.Equal(Proof.Make(secret, isDialler: true, hello.Nonce, nonce, said), ready.Proof))
        {
            throw new HandshakeException(NetError.NotAuthorized, "The proof is wrong: the caller does not know this peer's secret.");
        }

        if (self.IsOwnHost is not null && ready.Info.Instance == self.Info.Instance)
        {
            throw new HandshakeException(NetError.PeerNotFound, "The link was led back to the peer that dialled it.");
        }

        onProof();
        var limits = Introduction.LimitsOf(ready);
        _ = await stream.WriteAsync(
            FrameType.Accept,
            Introduction.Of(self, proof: null),
            HandshakeJson.Default.IntroductionMessage,
            cancellationToken).ConfigureAwait(false);
        return new HandshakeResult(duplex, ready.Info, IsDialler: false, limits, stream.Rest);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        HandshakeStream stream, FrameType expected, CancellationToken cancellationToken)
    {
        var (type, payload) = await stream.ReadAsync(cancellationToken).ConfigureAwait(false);
        return type == expected ? payload : throw new ProtocolException($"A {type} frame came where a {expected} frame was due.");
    }

    private static int ChooseVersion(HelloMessage hello)
    {
        if (hello.Versions is not [var min, var max] || hello.Nonce.Length != Proof.NonceSize)
        {
            throw new ProtocolException("A Hello needs two versions and a nonce of 32 bytes.");
        }

        return Math.Min(max, WireLimits.MaxVersion) is var version && version >= Math.Max(min, WireLimits.MinVersion)
            ? version
            : throw new HandshakeException(
                NetError.VersionMismatch,
                $"No version of the protocol in common: here {WireLimits.MinVersion} to {WireLimits.MaxVersion}, there {min} to {max}.");
    }

    private static void CheckTarget(TargetMessage? target, HandshakeParty party)
    {
        var self = party.Info;
        if (target is not null && party.IsOwnHost?.Invoke(target.Host) is false)
        {
            throw new HandshakeException(
                NetError.PeerNotFound,
                $"Another peer is meant: one at {target.Host}, which is no address of this one. If addresses are translated on the way, "
                + "add that one to NetOptions.ReachedAs here, or dial by name.");
        }

        // The host has many names; the port and the instance have one.
        if (target is not null && (target.Port != self.Port || (target.Instance is { } meant && meant != self.Instance)))
        {
            throw new HandshakeException(
                NetError.PeerNotFound, $"Another peer is meant: port {target.Port}, instance {target.Instance:N}; this is port {self.Port}.");
        }
    }

    private static async ValueTask RejectAsync(HandshakeStream stream, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not HandshakeException { TellsOtherSide: true } known)
        {
            return;
        }

        try
        {
            _ = await stream.WriteAsync(
                FrameType.Reject,
                new RejectMessage(known.Error.ToString(), known.Message, [WireLimits.MinVersion, WireLimits.MaxVersion]),
                HandshakeJson.Default.RejectMessage,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has gone without the reason.
        }
    }
}
