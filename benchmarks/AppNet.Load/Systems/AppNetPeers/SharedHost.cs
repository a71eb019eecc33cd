using System.Net;
using System.Security.Cryptography;

namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>
/// Makes two processes of one machine meet as over a network: by TLS, at different addresses of the loopback network. Their key is known
/// to everybody, as what listens there is reached by this machine alone, and runs nothing but the workloads.
/// </summary>
internal static class SharedHost
{
    /// <summary>Where servers listen.</summary>
    public const string OfServer = "127.0.0.2";

    /// <summary>Where clients listen.</summary>
    public const string OfClient = "127.0.0.3";

    /// <summary>Gives a peer the key and its address.</summary>
    /// <param name="options">The peer's options.</param>
    /// <param name="host">Its address.</param>
    public static void Configure(NetOptions options, string host)
    {
        options.ListenOn.Add(IPAddress.Parse(host));
        options.KeyFile = Path.Combine(Directory.CreateTempSubdirectory("appnet-load-").FullName, "key");
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(options.KeyFile, file);
        writer.WriteLine(Convert.ToBase64String(SHA256.HashData("a key for measuring"u8)));
    }
}
