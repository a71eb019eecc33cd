using System.Security.Cryptography;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Links;

/// <summary>The dialling side of the handshake. docs/protocol.md, section 4.</summary>
internal static class Dialling
{
    /// <summary>Dials a peer and does the handshake.</summary>
    /// <param name="transport">The way.</param>
    /// <param name="target">Whom to dial.</param>
    /// <param name="self">What this side is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The duplex, with what the other side said.</returns>
    /// <exception cref="NetException">There is no link; <see cref="NetException.Error"/> says why.</exception>
    public static async Task<HandshakeResult> DialAsync(
        ITransport transport, DialTarget target, HandshakeParty self, CancellationToken cancellationToken)
    {
        IDuplex? duplex = null;
        try
        {
            var result = await WithinTimeAsync(
                target,
                self,
                async token =>
                {
                    duplex = await transport.ConnectAsync(target.Address, token).ConfigureAwait(false);
                    return await ShakeAsync(duplex, target, self, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            duplex = null;
            return result;
        }
        finally
        {
            duplex?.Dispose();
        }
    }

    /// <summary>Dials a peer only to see that it is there and proves itself.</summary>
    /// <param name="transport">The way.</param>
    /// <param name="target">Whom to dial.</param>
    /// <param name="self">What this side is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that ends when the other side has proved itself.</returns>
    /// <exception cref="NetException">It is not there, or could not.</exception>
    public static Task ProveAsync(ITransport transport, DialTarget target, HandshakeParty self, CancellationToken cancellationToken) =>
        WithinTimeAsync(
            target,
            self,
            async token =>
            {
                using var duplex = await transport.ConnectAsync(target.Address, token).ConfigureAwait(false);
                return await MeetAsync(new HandshakeStream(duplex, self.Options.HandshakeBytes), target, token).ConfigureAwait(false);
            },
            cancellationToken);

    private static async Task<T> WithinTimeAsync<T>(
        DialTarget target, HandshakeParty self, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var limit = target.Limit is { } shorter && shorter < self.Options.HandshakeTimeout ? shorter : self.Options.HandshakeTimeout;
        using var patience = new Patience(limit, self.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await attempt(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NetException(
                NetError.PeerNotFound,
                $"{target} did not finish the handshake within {limit.TotalSeconds:0.#} s.",
                exception);
        }
        catch (NotAcceptedException exception)
        {
            throw new NetException(NetError.NotAuthorized, $"{target} and this peer don't accept each other. {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new NetException(NetError.PeerNotFound, $"{target} can't be reached: {exception.Message}", exception);
        }
    }

    private static async Task<HandshakeResult> ShakeAsync(
        IDuplex duplex, DialTarget target, HandshakeParty self, CancellationToken cancellationToken)
    {
        var stream = new HandshakeStream(duplex, self.Options.HandshakeBytes);
        var (nonce, said, welcome) = await MeetAsync(stream, target, cancellationToken).ConfigureAwait(false);

        var proof = target.Secret is { } secret ? Proof.Make(secret, isDialler: true, nonce, welcome.Nonce, said) : null;
        _ = await stream.WriteAsync(
            FrameType.Ready,
            Introduction.Of(self, proof),
            HandshakeJson.Default.IntroductionMessage,
            cancellationToken).ConfigureAwait(false);

        var accept = HandshakeStream.Parse(
            await ReadAsync(stream, target, FrameType.Accept, cancellationToken).ConfigureAwait(false),
            HandshakeJson.Default.IntroductionMessage);
        if (target.Instance is { } meant && meant != accept.Info.Instance)
        {
            throw WrongPeer(target, accept.Info);
        }

        return new HandshakeResult(duplex, accept.Info, IsDialler: true, Introduction.LimitsOf(accept), stream.Rest);
    }

    /// <summary>Says hello, and sees the other side prove itself.</summary>
    private static async Task<(byte[] Nonce, byte[] Said, WelcomeMessage Welcome)> MeetAsync(
        HandshakeStream stream, DialTarget target, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(Proof.NonceSize);
        var hello = new HelloMessage(
            [WireLimits.MinVersion, WireLimits.MaxVersion], nonce, new TargetMessage(target.Id.Host, target.Id.Port, target.Instance));
        var said = await stream.WriteAsync(FrameType.Hello, hello, HandshakeJson.Default.HelloMessage, cancellationToken)
            .ConfigureAwait(false);

        await CheckPrefaceAsync(stream, target, cancellationToken).ConfigureAwait(false);
        var welcome = HandshakeStream.Parse(
            await ReadAsync(stream, target, FrameType.Welcome, cancellationToken).ConfigureAwait(false),
            HandshakeJson.Default.WelcomeMessage);
        CheckWelcome(welcome, target, nonce, said);
        return (nonce, said, welcome);
    }

    private static async ValueTask CheckPrefaceAsync(HandshakeStream stream, DialTarget target, CancellationToken cancellationToken)
    {
        var preface = await stream.ReadPrefaceAsync(cancellationToken).ConfigureAwait(false);
        if (!preface.Span.SequenceEqual(WireLimits.Preface))
        {
            var what = preface.IsEmpty ? "closed the connection without a word" : "answered something else than app-net/2";
            throw new NetException(NetError.PeerNotFound, $"What listens at {target.Address} is no AppNet peer: it {what}.");
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        HandshakeStream stream, DialTarget target, FrameType expected, CancellationToken cancellationToken)
    {
        var (type, payload) = await stream.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (type == FrameType.Reject)
        {
            throw Rejected(HandshakeStream.Parse(payload, HandshakeJson.Default.RejectMessage), target);
        }

        return type == expected ? payload : throw new ProtocolException($"A {type} frame came where a {expected} frame was due.");
    }

    private static void CheckWelcome(WelcomeMessage welcome, DialTarget target, byte[] nonce, byte[] hello)
    {
        if (welcome.Version is < WireLimits.MinVersion or > WireLimits.MaxVersion)
        {
            throw new NetException(
                NetError.VersionMismatch,
                $"{target} chose version {welcome.Version} of the protocol; here {WireLimits.MinVersion} to {WireLimits.MaxVersion} are spoken.");
        }

        if (welcome.Nonce.Length != Proof.NonceSize)
        {
            throw new ProtocolException($"A nonce has {welcome.Nonce.Length} bytes in place of {Proof.NonceSize}.");
        }

        if (target.Secret is null)
        {
            if (welcome.Proof is not null || target.NeedsProof)
            {
                throw new NetException(
                    NetError.NotAuthorized,
                    $"{target} is not listed for this user: it is a peer of another user, or keeps its entry elsewhere.");
            }
        }
        else if (!Proof.Equal(Proof.Make(target.Secret, isDialler: false, nonce, welcome.Nonce, hello), welcome.Proof))
        {
            throw new NetException(NetError.PeerNotFound, $"What listens at {target.Address} could not prove to be {target.Id.ToFriendlyString()}.");
        }
    }

    private static NetException Rejected(RejectMessage reject, DialTarget target)
    {
        if (!Enum.TryParse<NetError>(reject.Error, out var error) || !Enum.IsDefined(error) || error.Outcome() != CallOutcome.HasNotRun)
        {
            error = NetError.Refused;
        }

        var versions = error == NetError.VersionMismatch
            ? $" Here versions {WireLimits.MinVersion} to {WireLimits.MaxVersion} are spoken, there {string.Join(" to ", reject.Versions)}."
            : "";
        return new NetException(error, $"{target} refused the link: {reject.Message}{versions}");
    }

    private static NetException WrongPeer(DialTarget target, PeerInfo found) => new(
        NetError.PeerNotFound,
        $"{target.Address} is now {found.Id.ToFriendlyString()}, instance {found.Instance:N}, not the peer meant, instance {target.Instance:N}.");
}
