using System.Net;
using System.Net.Sockets;

namespace AppNet.Tests.Security;

/// <summary>Somebody on the way: passes on what is sent to one address to another, unchanged.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();

    private Relay(TcpListener listener)
    {
        _listener = listener;
    }

    public static Relay Start(string host, int port, string toHost)
    {
        var listener = new TcpListener(IPAddress.Parse(host), port);
        listener.Start();
        var relay = new Relay(listener);
        _ = relay.RunAsync(toHost, port);
        return relay;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task RunAsync(string toHost, int port)
    {
        var token = _stop.Token;
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(token), toHost, port, token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task PassAsync(TcpClient near, string toHost, int port, CancellationToken token)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Parse(toHost), port, token);
                await Task.WhenAny(
                    near.GetStream().CopyToAsync(far.GetStream(), token), far.GetStream().CopyToAsync(near.GetStream(), token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // One of them has gone.
            }
        }
    }
}
