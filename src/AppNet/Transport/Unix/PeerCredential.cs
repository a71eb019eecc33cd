using System.Globalization;
using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>
/// Which user is at the other end of a Unix socket, as the kernel says (Linux: <c>SO_PEERCRED</c>). Elsewhere nothing is
/// known, and the mode of the socket's file is what keeps others out.
/// </summary>
internal static class PeerCredential
{
    private const int SocketLevel = 1;
    private const int PeerCredentialOption = 17;
    private const int CredentialSize = 12;
    private const int UserOffset = 4;

    /// <summary>Gets the effective user of this process; null where it is not known.</summary>
    public static uint? OwnUser { get; } = OperatingSystem.IsLinux() ? ReadOwnUser() : null;

    /// <summary>Gets whether ours can be told from others' wherever the kernel says who they are.</summary>
    public static bool CanJudge => OwnUser is not null || !OperatingSystem.IsLinux();

    /// <summary>Asks the kernel.</summary>
    /// <param name="socket">A connected Unix socket.</param>
    /// <returns>The effective user at the other end when it connected or began to listen; null where nobody knows.</returns>
    /// <exception cref="SocketException">The kernel did not say.</exception>
    public static uint? UserOf(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> credential = stackalloc byte[CredentialSize];
        int size = socket.GetRawSocketOption(SocketLevel, PeerCredentialOption, credential);
        return size == CredentialSize
            ? BitConverter.ToUInt32(credential[UserOffset..])
            : throw new SocketException((int)SocketError.OperationNotSupported);
    }

    /// <summary>Judges a user.</summary>
    /// <param name="user">What <see cref="UserOf"/> gave.</param>
    /// <returns>Whether it is the user of this process, or the system does not say.</returns>
    public static bool IsOurs(uint? user) => IsSame(user, OwnUser);

    /// <summary>Judges a user against another.</summary>
    /// <param name="user">The one at the other end; null: the system does not say.</param>
    /// <param name="own">The one here.</param>
    /// <returns>Whether they may speak: root is a user like any other.</returns>
    internal static bool IsSame(uint? user, uint? own) => user is null || user == own;

    /// <summary>Finds the effective user in what <c>/proc/self/status</c> holds.</summary>
    /// <param name="lines">Its lines; the one that counts reads <c>Uid: real effective saved filesystem</c>.</param>
    /// <returns>The user, or null.</returns>
    internal static uint? ParseEffectiveUser(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts is ["Uid:", _, var effective, ..])
            {
                return uint.TryParse(effective, NumberStyles.None, CultureInfo.InvariantCulture, out uint user) ? user : null;
            }
        }

        return null;
    }

    private static uint? ReadOwnUser()
    {
        try
        {
            return ParseEffectiveUser(File.ReadLines("/proc/self/status"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
