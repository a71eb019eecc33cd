using System.Security.Cryptography;
using AppNet.Transport;

namespace AppNet.Security;

/// <summary>
/// How a key goes from who invites to who joins, inside TLS in which the inviter has proved itself. docs/protocol.md, section 14.1.
/// </summary>
internal static class Joining
{
    private const int MaxKeys = 2;
    private const int HeadSize = 10;

    private static ReadOnlySpan<byte> Preface => "AppNetJ1"u8;

    /// <summary>Answers somebody that comes with an invitation.</summary>
    /// <param name="duplex">The path to it. Its owner disposes it afterwards.</param>
    /// <param name="use">Uses the invitation of a secret; gives why it can't be, or null.</param>
    /// <param name="keys">The keys to be given.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it was refused; null: it has the keys.</returns>
    /// <exception cref="IOException">It left, or does not speak as who joins does.</exception>
    public static async Task<InvitationFault?> AnswerAsync(
        IDuplex duplex, Func<byte[], InvitationFault?> use, Func<KeyRing> keys, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(duplex, Preface.Length + InvitationText.SecretSize, cancellationToken).ConfigureAwait(false);
        if (!request.AsSpan(0, Preface.Length).SequenceEqual(Preface))
        {
            throw new NotAcceptedException("It has no certificate, and no invitation either.");
        }

        var fault = use(request[Preface.Length..]);
        byte[] given = fault is null ? [.. keys().Keys.SelectMany(key => key.Reveal())] : [];
        byte[] answer = [.. Preface, (byte)(fault is null ? 0 : 1 + (int)fault), (byte)(given.Length / NetworkKey.Size), .. given];
        await duplex.SendAsync([answer], cancellationToken).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(answer);
        CryptographicOperations.ZeroMemory(given);
        duplex.CompleteSending();

        // Closing before it has read would take from it what was sent.
        _ = await duplex.ReceiveAsync(new byte[1], cancellationToken).ConfigureAwait(false);
        return fault;
    }

    /// <summary>Asks for the keys.</summary>
    /// <param name="duplex">The path to who invited, which has proved to be the one.</param>
    /// <param name="secret">The invitation's secret.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="InvitationException">The inviter says no.</exception>
    /// <exception cref="IOException">It left without an answer, or gave none that can be read.</exception>
    public static async Task<KeyRing> AskAsync(IDuplex duplex, byte[] secret, CancellationToken cancellationToken)
    {
        byte[] request = [.. Preface, .. secret];
        await duplex.SendAsync([request], cancellationToken).ConfigureAwait(false);
        var head = await ReadAsync(duplex, HeadSize, cancellationToken).ConfigureAwait(false);
        if (!head.AsSpan(0, Preface.Length).SequenceEqual(Preface))
        {
            throw new IOException("What answers does not speak as who invites does.");
        }

        if (head[^2] != 0)
        {
            throw Refusal((InvitationFault)(head[^2] - 1));
        }

        if (head[^1] is < 1 or > MaxKeys)
        {
            throw new IOException($"The inviter gives {head[^1]} keys.");
        }

        var given = await ReadAsync(duplex, head[^1] * NetworkKey.Size, cancellationToken).ConfigureAwait(false);
        var older = head[^1] == MaxKeys ? NetworkKey.Of(given.AsSpan(NetworkKey.Size)) : null;
        return new KeyRing(NetworkKey.Of(given.AsSpan(0, NetworkKey.Size)), older, IsShared: true);
    }

    private static InvitationException Refusal(InvitationFault fault) => fault switch
    {
        InvitationFault.Used => new(fault, "The invitation has been used already, as often as it may be. Ask for a new one."),
        InvitationFault.Expired => new(fault, "The invitation has expired. Ask for a new one."),
        InvitationFault.Unknown => new(
            fault, "The invitation is wrong: the peer that it names knows none like it. It ends with the peer that made it. Ask for a new one."),
        _ => new(InvitationFault.Refused, "The peer that invited refuses. Ask it why: it has logged it."),
    };

    private static async Task<byte[]> ReadAsync(IDuplex duplex, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var received = await duplex.ReceiveAsync(bytes.AsMemory(read), cancellationToken).ConfigureAwait(false);
            read += received > 0 ? received : throw new IOException("The other side left in the middle of joining.");
        }

        return bytes;
    }
}
