using System.Net;
using System.Net.Sockets;

namespace AppNet.Load.Systems.Raw;

/// <summary>
/// Sends events as frames of one int to everybody who has connected, a batch in one blocking send for each: a ceiling, as whoever raises
/// one event after the other can't reach it.
/// </summary>
internal sealed class RawPublisher : ILoadServer, IEventPublisher
{
    private const int Backlog = 512;

    private readonly Socket _listener;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly List<Stream> _subscribers = [];

    private byte[] _frames = [];

    private RawPublisher(Socket listener, Endpoint endpoint)
    {
        _listener = listener;
        Endpoint = endpoint;
    }

    /// <inheritdoc/>
    public Endpoint Endpoint { get; }

    /// <inheritdoc/>
    public IEventPublisher Publisher => this;

    /// <summary>Begins to listen.</summary>
    /// <param name="endpoint">Where.</param>
    /// <returns>The server.</returns>
    public static RawPublisher Start(Endpoint endpoint)
    {
        var listener = endpoint.CreateSocket();
        listener.Bind(endpoint.SocketAddress);
        listener.Listen(Backlog);
        var publisher = new RawPublisher(
            listener, listener.LocalEndPoint is IPEndPoint bound ? endpoint.AtPort(bound.Port) : endpoint);
        new Thread(publisher.Accept) { IsBackground = true, Name = "raw accept" }.Start();
        return publisher;
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(ReadOnlyMemory<int> events)
    {
        var length = events.Length * RawFrame.EventLength;
        if (_frames.Length < length)
        {
            _frames = new byte[length];
        }

        for (var index = 0; index < events.Length; index++)
        {
            RawFrame.WriteEvent(_frames.AsSpan(index * RawFrame.EventLength), events.Span[index]);
        }

        Stream[] subscribers;
        lock (_gate)
        {
            subscribers = [.. _subscribers];
        }

        foreach (var subscriber in subscribers)
        {
            subscriber.Write(_frames, 0, length);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                if (Endpoint.Transport != LoadTransport.Uds)
                {
                    socket.NoDelay = true;
                }

                var stream = new NetworkStream(socket, ownsSocket: true);
                lock (_gate)
                {
                    _subscribers.Add(stream);
                }

                // Tells the subscriber that it is one.
                stream.WriteByte(1);
            }
        }
        catch (Exception disposed) when (disposed is ObjectDisposedException
            or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted })
        {
            // The server ends.
        }
    }
}
