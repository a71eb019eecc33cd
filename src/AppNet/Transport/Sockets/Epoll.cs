using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AppNet.Transport;

/// <summary>Linux's epoll, as far as it is needed here: epoll(7). Events are one-shot.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated marshalling needs unsafe code; these signatures need no marshalling.")]
internal static class Epoll
{
    /// <summary>Bytes can be read, or the end (EPOLLIN | EPOLLRDHUP).</summary>
    public const uint Readable = 0x1 | 0x2000;

    /// <summary>Bytes can be written (EPOLLOUT).</summary>
    public const uint Writable = 0x4;

    /// <summary>The path has failed or ended, which is told unasked (EPOLLERR | EPOLLHUP).</summary>
    public const uint Broken = 0x8 | 0x10;

    private const uint OneShot = 1u << 30;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Modify = 3;
    private const int Interrupted = 4;

    // The kernel's struct is packed on x64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <summary>Gets the size of one event in memory.</summary>
    public static int EventSize => DataOffset + sizeof(long);

    /// <summary>Makes a set.</summary>
    /// <returns>Its descriptor; negative where the system has none to give.</returns>
    public static int Create() => epoll_create1(CloseOnExec);

    /// <summary>Asks for the next event of a descriptor, once.</summary>
    /// <param name="set">The set.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="isNew">Whether the set doesn't have it yet.</param>
    /// <param name="events">What to wait for; 0: nothing but its end.</param>
    /// <param name="key">What the event will carry.</param>
    /// <exception cref="SocketException">The system refused.</exception>
    public static void Arm(int set, int descriptor, bool isNew, uint events, long key)
    {
        // Once for each wait of an idle link: nothing is allocated.
        Span<byte> request = stackalloc byte[EventSize];
        BinaryPrimitives.WriteUInt32LittleEndian(request, events | OneShot);
        BinaryPrimitives.WriteInt64LittleEndian(request[DataOffset..], key);
        if (epoll_ctl(set, isNew ? Add : Modify, descriptor, ref MemoryMarshal.GetReference(request)) != 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Waits for events.</summary>
    /// <param name="set">The set.</param>
    /// <param name="events">Where they go: room for at least one.</param>
    /// <returns>How many there are; 0 when the wait was interrupted.</returns>
    /// <exception cref="SocketException">The system refused.</exception>
    public static int Wait(int set, byte[] events)
    {
        var count = epoll_wait(set, events, events.Length / EventSize, -1);
        return count >= 0 ? count
            : Marshal.GetLastPInvokeError() is var error && error == Interrupted ? 0
            : throw new SocketException(error);
    }

    /// <summary>Reads one event.</summary>
    /// <param name="events">The events.</param>
    /// <param name="index">Which.</param>
    /// <returns>What happened, and the key that was given.</returns>
    public static (uint Events, long Key) Read(byte[] events, int index)
    {
        var one = events.AsSpan(index * EventSize, EventSize);
        return (BinaryPrimitives.ReadUInt32LittleEndian(one), BinaryPrimitives.ReadInt64LittleEndian(one[DataOffset..]));
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_ctl(int set, int operation, int descriptor, ref byte request);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_wait(int set, byte[] events, int maxEvents, int timeout);
}
