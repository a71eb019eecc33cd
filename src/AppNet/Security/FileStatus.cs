using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AppNet.Security;

/// <summary>
/// Who owns a file and who may use it, as Linux's statx(2) says: of an open file, or of a path whose last part is not followed when it
/// is a link. .NET itself doesn't tell the owner.
/// </summary>
/// <param name="User">The owner.</param>
/// <param name="Mode">Kind and permissions, as <c>st_mode</c>.</param>
/// <param name="Device">The device.</param>
/// <param name="Inode">The number on the device: equal for what is one file.</param>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated marshalling needs unsafe code; these signatures need little.")]
internal readonly record struct FileStatus(uint User, int Mode, ulong Device, ulong Inode)
{
    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;
    private const int FolderKind = 0x4000;
    private const int OthersMask = 0x3F;
    private const int OthersWriteMask = 0x12;
    private const int StickyMask = 0x200;

    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7FF;

    // The layout of struct statx is the same on all architectures.
    private const int Size = 256;
    private const int UserOffset = 20;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;

    /// <summary>Gets whether the system can be asked.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Probe();

    /// <summary>Gets whether it is a plain file.</summary>
    public bool IsRegular => (Mode & KindMask) == RegularKind;

    /// <summary>Gets whether it is a folder.</summary>
    public bool IsFolder => (Mode & KindMask) == FolderKind;

    /// <summary>Gets whether anybody but the owner may do anything with it.</summary>
    public bool IsOpenToOthers => (Mode & OthersMask) != 0;

    /// <summary>Gets whether others may put files there, or take away or exchange those of this user.</summary>
    public bool LetsOthersExchange => (Mode & OthersWriteMask) != 0 && (Mode & StickyMask) == 0;

    /// <summary>Asks about an open file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The system doesn't say.</exception>
    public static FileStatus Of(SafeFileHandle file)
    {
        var buffer = new byte[Size];
        return statx(file, [0], EmptyPath, BasicStats, buffer) == 0 ? Read(buffer) : throw Failed("an open file");
    }

    /// <summary>Asks about what is at a path: a link itself, not where it leads.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The system doesn't say; nothing may be there.</exception>
    public static FileStatus Of(string path)
    {
        var buffer = new byte[Size];
        return statx(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), NoFollow, BasicStats, buffer) == 0 ? Read(buffer) : throw Failed($"'{path}'");
    }

    private static bool Probe()
    {
        try
        {
            return Of("/").IsFolder;
        }
        catch (Exception exception) when (exception is IOException or EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    private static FileStatus Read(byte[] buffer) => new(
        BitConverter.ToUInt32(buffer, UserOffset),
        BitConverter.ToUInt16(buffer, ModeOffset),
        BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(DeviceOffset)),
        BitConverter.ToUInt64(buffer, InodeOffset));

    private static IOException Failed(string what) =>
        new($"The system does not say whose {what} is: {Marshal.GetLastPInvokeErrorMessage()}.");

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(SafeFileHandle folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] status);
}
