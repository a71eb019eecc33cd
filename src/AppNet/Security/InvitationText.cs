using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;

namespace AppNet.Security;

/// <summary>
/// An invitation as one line: the secret that opens it, the fingerprint of whom it is from, and where that one listens. docs/protocol.md,
/// section 14.1. Never logged.
/// </summary>
/// <param name="Secret">The secret.</param>
/// <param name="Fingerprint">The SHA-256 of the public key that the inviter shows.</param>
/// <param name="EndPoints">Where it listens, best first.</param>
internal sealed record InvitationText(byte[] Secret, byte[] Fingerprint, IReadOnlyList<IPEndPoint> EndPoints)
{
    /// <summary>The size of a secret in bytes.</summary>
    public const int SecretSize = 16;

    /// <summary>The most addresses that a line holds.</summary>
    public const int MaxEndPoints = 16;

    private const string Prefix = "appnet-";
    private const byte Version = 1;
    private const int FingerprintSize = 32;
    private const int SumSize = 4;
    private const int HeadSize = 1 + SecretSize + FingerprintSize + 1;

    /// <summary>Writes the line.</summary>
    /// <returns>Letters, digits, hyphens and underscores.</returns>
    public string Write()
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        bytes.Write(Secret);
        bytes.Write(Fingerprint);
        bytes.WriteByte((byte)EndPoints.Count);
        foreach (var endPoint in EndPoints)
        {
            var address = endPoint.Address.GetAddressBytes();
            bytes.WriteByte((byte)address.Length);
            bytes.Write(address);
            bytes.WriteByte((byte)(endPoint.Port >> 8));
            bytes.WriteByte((byte)endPoint.Port);
        }

        bytes.Write(SHA256.HashData(bytes.ToArray()).AsSpan(0, SumSize));
        return Prefix + Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line; white space around it is passed over.</param>
    /// <param name="invitation">The invitation.</param>
    /// <returns>Whether it is one, whole and without a slip.</returns>
    public static bool TryRead(ReadOnlySpan<char> line, [NotNullWhen(true)] out InvitationText? invitation)
    {
        invitation = null;
        line = line.Trim();
        if (!line.StartsWith(Prefix, StringComparison.Ordinal) || line.Length > 1024 || !Base64Url.IsValid(line[Prefix.Length..]))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(line[Prefix.Length..]).AsSpan();
        if (bytes.Length < HeadSize + SumSize
            || bytes[0] != Version
            || !SHA256.HashData(bytes[..^SumSize]).AsSpan(0, SumSize).SequenceEqual(bytes[^SumSize..])
            || !TryReadEndPoints(bytes[HeadSize..^SumSize], bytes[HeadSize - 1], out var endPoints))
        {
            return false;
        }

        invitation = new InvitationText(
            bytes.Slice(1, SecretSize).ToArray(), bytes.Slice(1 + SecretSize, FingerprintSize).ToArray(), endPoints);
        return true;
    }

    /// <summary>Returns the form for logs, without the secret.</summary>
    /// <returns>Where the inviter listens.</returns>
    public override string ToString() => $"an invitation to {string.Join(", ", EndPoints)}";

    private static bool TryReadEndPoints(ReadOnlySpan<byte> bytes, int count, out IReadOnlyList<IPEndPoint> endPoints)
    {
        var read = new List<IPEndPoint>();
        endPoints = read;
        while (read.Count < count)
        {
            if (bytes.IsEmpty || bytes[0] is not (4 or 16) || bytes.Length < bytes[0] + 3)
            {
                return false;
            }

            int size = bytes[0];
            read.Add(new IPEndPoint(new IPAddress(bytes.Slice(1, size)), (bytes[size + 1] << 8) | bytes[size + 2]));
            bytes = bytes[(size + 3)..];
        }

        return bytes.IsEmpty && count is > 0 and <= MaxEndPoints;
    }
}
