using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>One socket with any number of calls pending, matched to their answers by id.</summary>
internal sealed class WebSocketLoadClient : IWorkloadClient
{
    private readonly ClientWebSocket _socket;
    private readonly GatheringSender _sender;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonAnswer>> _pending = new();
    private readonly Task _receiving;
    private int _lastId;
    private int _pendingCount;

    /// <summary>
    /// Initializes a new instance of the <see cref="WebSocketLoadClient"/> class, which receives from now on.
    /// </summary>
    /// <param name="socket">The connected socket; closed with the client.</param>
    public WebSocketLoadClient(ClientWebSocket socket)
    {
        _socket = socket;
        _sender = new(socket);
        _receiving = ReceiveAsync();
    }

    /// <inheritdoc/>
    public async ValueTask<int> AddAsync(int left, int right) => (await CallAsync(left, right, payload: null)).Sum;

    /// <inheritdoc/>
    public async ValueTask<byte[]> EchoAsync(byte[] payload) => (await CallAsync(0, 0, payload)).Payload!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sender.Dispose();
    }

    private Task<JsonAnswer> CallAsync(int left, int right, byte[]? payload)
    {
        // Its answer must not run the caller on the receive loop, where a caller that blocks would stop all others.
        var answer = new TaskCompletionSource<JsonAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Interlocked.Increment(ref _lastId);
        _pending[id] = answer;
        var isAlone = Interlocked.Increment(ref _pendingCount) == 1;
        _sender.Send(new(id, left, right, payload), isAlone);
        return answer.Task;
    }

    private async Task ReceiveAsync()
    {
        var reader = new MessageReader(_socket);
        try
        {
            while (await reader.ReadAsync() is { } message)
            {
                Complete(message.Span);
            }
        }
        catch (Exception lost)
            when (lost is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // As after an orderly close: what is pending has no answer.
        }

        foreach (var call in _pending.Values)
        {
            call.TrySetException(new LoadException("The socket is lost."));
        }
    }

    private void Complete(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var answer = JsonSerializer.Deserialize(
                JsonLines.TakeLine(ref message), WebSocketJson.Default.JsonAnswer)!;
            if (_pending.TryRemove(answer.Id, out var call))
            {
                Interlocked.Decrement(ref _pendingCount);
                call.SetResult(answer);
            }
        }
    }
}
