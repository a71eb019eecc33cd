using System.Globalization;
using System.Text;

namespace AppNet.Discovery;

/// <summary>
/// A short cut in the runtime directory: <c>&lt;port&gt;.port</c> names the instance that listens on a TCP port of this host, so that
/// whoever dials the port reads one entry instead of all.
/// </summary>
/// <remarks>
/// It decides nothing. Its word counts only where the instance lives and its own entry names the same port; where it is missing, cut or
/// out of date, all entries are read. So it needs no lock, and whoever writes last, or deletes too much, costs others only time.
/// </remarks>
internal static class PortFile
{
    private const string Extension = ".port";
    private const int Digits = 32;

    /// <summary>Names the file of a port.</summary>
    /// <param name="folder">The runtime directory.</param>
    /// <param name="port">The port.</param>
    /// <returns>The path.</returns>
    public static string PathOf(string folder, int port) =>
        Path.Combine(folder, port.ToString(CultureInfo.InvariantCulture) + Extension);

    /// <summary>Says whether a file is that of a port.</summary>
    /// <param name="path">A path in the folder.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsOne(string path) =>
        Path.GetExtension(path.AsSpan()) is Extension
        && ushort.TryParse(Path.GetFileNameWithoutExtension(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Says who listens on a port.</summary>
    /// <param name="path">The port's file, which is replaced.</param>
    /// <param name="instance">Who listens.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, Guid instance)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(instance.ToString("N", CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads who listens on a port.</summary>
    /// <param name="path">The port's file.</param>
    /// <returns>Who is said to; null when nobody is, or it can't be read.</returns>
    public static Guid? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> text = stackalloc byte[Digits];
            return Guid.TryParseExact(Encoding.ASCII.GetString(text[..RandomAccess.Read(file, text, 0)]), "N", out var instance)
                ? instance
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
