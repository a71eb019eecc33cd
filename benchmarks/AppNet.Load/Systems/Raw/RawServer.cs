using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace AppNet.Load.Systems.Raw;

/// <summary>
/// Sends every frame back. The first links have a blocking thread each, as is fastest; beyond them a link waits without
/// a thread, or thousands of idle ones would measure nothing but stacks.
/// </summary>
internal sealed class RawServer : ILoadServer
{
    private const int LinksWithThread = 64;
    private const int Backlog = 512;
    private const int BusyBuffer = 64 * 1024;

    // The socket remembers the array that it sent last, so an idle link holds this after all.
    private const int IdleBuffer = 1024;

    private readonly Socket _listener;
    private readonly X509Certificate2? _certificate;

    private RawServer(Socket listener, Endpoint endpoint)
    {
        _listener = listener;
        _certificate = endpoint.IsEncrypted ? ThrowawayCertificate.Create() : null;
        Endpoint = endpoint;
    }

    /// <inheritdoc/>
    public Endpoint Endpoint { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="endpoint">Where.</param>
    /// <returns>The server.</returns>
    public static RawServer Start(Endpoint endpoint)
    {
        var listener = endpoint.CreateSocket();
        listener.Bind(endpoint.SocketAddress);
        listener.Listen(Backlog);
        var server = new RawServer(
            listener, listener.LocalEndPoint is IPEndPoint bound ? endpoint.AtPort(bound.Port) : endpoint);
        new Thread(server.AcceptUntilDisposed) { IsBackground = true, Name = "raw accept" }.Start();
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _certificate?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void AcceptUntilDisposed()
    {
        try
        {
            Accept();
        }
        catch (Exception disposed) when (disposed is ObjectDisposedException
            or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted })
        {
            // Links that were accepted go on until their clients close them.
        }
    }

    private void Accept()
    {
        for (var links = 1; ; links++)
        {
            var socket = _listener.Accept();
            if (Endpoint.Transport != LoadTransport.Uds)
            {
                socket.NoDelay = true;
            }

            if (links <= LinksWithThread)
            {
                new Thread(() => ServeUntilClosed(socket)) { IsBackground = true, Name = "raw link" }.Start();
            }
            else
            {
                _ = ServeUntilClosedAsync(socket);
            }
        }
    }

    private void ServeUntilClosed(Socket socket)
    {
        try
        {
            Serve(socket);
        }
        catch (IOException)
        {
            // The client has gone without a goodbye, as clients here do.
        }
    }

    private void Serve(Socket socket)
    {
        using var stream = Open(socket);
        (stream as SslStream)?.AuthenticateAsServer(_certificate!);
        var echo = new RawEcho(BusyBuffer);
        while (stream.Read(echo.Free.Span) is > 0 and var count)
        {
            if (echo.Take(count) is { IsEmpty: false } frames)
            {
                stream.Write(frames.Span);
                echo.Sent();
            }
        }
    }

    private async Task ServeUntilClosedAsync(Socket socket)
    {
        try
        {
            await ServeAsync(socket);
        }
        catch (IOException)
        {
            // As above.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = Open(socket);
        await ((stream as SslStream)?.AuthenticateAsServerAsync(_certificate!) ?? Task.CompletedTask);
        bool goesOn;
        do
        {
            // Empty: it waits for bytes without holding a buffer for them.
            goesOn = await stream.ReadAsync(Memory<byte>.Empty) == 0 && await AnswerAsync(stream);
        }
        while (goesOn);
    }

    private static async Task<bool> AnswerAsync(Stream stream)
    {
        var echo = new RawEcho(IdleBuffer);
        while (await stream.ReadAsync(echo.Free) is > 0 and var count)
        {
            if (echo.Take(count) is { IsEmpty: false } frames)
            {
                await stream.WriteAsync(frames);
                echo.Sent();
                if (echo.IsEmpty)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Stream Open(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        return _certificate is null ? stream : new SslStream(stream, leaveInnerStreamOpen: false);
    }
}
