using System.Net.WebSockets;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>Receives whole messages into one buffer that grows to the largest.</summary>
/// <param name="socket">The socket; nobody else receives from it.</param>
internal sealed class MessageReader(WebSocket socket)
{
    private const int InitialLength = 4 * 1024;

    private byte[] _buffer = new byte[InitialLength];

    /// <summary>Waits for the next message.</summary>
    /// <returns>The message, valid until the next call; null when the socket has closed.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var used = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(used), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            used += received.Count;
            if (received.EndOfMessage)
            {
                return _buffer.AsMemory(0, used);
            }

            if (used == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }
    }
}
