using System.Net.Sockets;

namespace AppNet.Integration.Tests.Neighbour;

/// <summary>What somebody tries who has no business with a peer. Prints how it ended.</summary>
internal static class Stranger
{
    /// <summary>Calls a peer by its address.</summary>
    public static async Task CallAsync(string address)
    {
        try
        {
            Console.WriteLine($"answer {await Functions.ProcessId(peer: Net.GetPeer(address))}");
        }
        catch (NetException exception)
        {
            Console.WriteLine($"{exception.Error}: {exception.Message}");
        }

        await Net.StopAsync();
    }

    /// <summary>Connects to a Unix domain socket.</summary>
    public static void Connect(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            Console.WriteLine("connected");
        }
        catch (SocketException exception)
        {
            Console.WriteLine($"socket {exception.SocketErrorCode}");
        }
    }
}
