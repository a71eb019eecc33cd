using System.Net.WebSockets;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>Sends calls, as many in one message as were queued while the last one was on its way.</summary>
/// <param name="socket">The socket; nobody else sends to it.</param>
internal sealed class GatheringSender(WebSocket socket) : IDisposable
{
    private readonly Lock _gate = new();

    // Guarded by _gate. The other buffer belongs to the send that is under way.
    private JsonLines _queued = new();
    private JsonLines _sending = new();
    private bool _isSending;

    /// <summary>Queues a call, and sees to it that it is sent.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isAlone">
    /// Whether no other call is pending. Then it is sent at once; else from the pool, behind the other callers that the
    /// same message has woken, so that theirs go with it.
    /// </param>
    public void Send(JsonCall call, bool isAlone)
    {
        lock (_gate)
        {
            _queued.Add(call, WebSocketJson.Default.JsonCall);
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        if (isAlone)
        {
            _ = FlushAsync();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static sender => _ = sender.FlushAsync(), this, preferLocal: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _queued.Dispose();
        _sending.Dispose();
    }

    private async Task FlushAsync()
    {
        try
        {
            while (TakeQueued() is { } message)
            {
                await socket.SendAsync(
                    message.Written, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                message.Clear();
            }
        }
        catch (Exception lost) when (lost is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The receive loop finds the socket lost too, and fails every pending call.
        }
    }

    private JsonLines? TakeQueued()
    {
        lock (_gate)
        {
            if (_queued.Written.IsEmpty)
            {
                _isSending = false;
                return null;
            }

            (_queued, _sending) = (_sending, _queued);
            return _sending;
        }
    }
}
