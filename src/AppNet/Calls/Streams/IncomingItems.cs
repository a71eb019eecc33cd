using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// A stream of items as it is read: once, by one reader. Items come in batches and are given out one at a time; a batch is decoded when
/// its first item is asked for, on the reader's thread.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class IncomingItems<T>(IncomingStream stream, ValueCodec<T> codec) : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private readonly List<T> _items = [];
    private int _next;
    private int _isTaken;
    private NetException? _unreadable;
    private CancellationToken _token;
    private CancellationTokenRegistration _cancellation;

    /// <inheritdoc/>
    public T Current { get; private set; } = default!;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Somebody reads it, or has read it.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            throw new InvalidOperationException("A stream from a peer is read once. Keep its items, or call again for another stream.");
        }

        if (cancellationToken.CanBeCanceled)
        {
            _token = cancellationToken;
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) => ((IncomingItems<T>)state!).Cancel(new OperationCanceledException(token)), this);
        }

        return this;
    }

    /// <summary>Ends the reading here at once, and tells the other side.</summary>
    /// <param name="reason">What the reader is told.</param>
    public void Cancel(Exception reason) => stream.Call.Abandon(stream, reason);

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync()
    {
        if (_next < _items.Count && !_token.IsCancellationRequested)
        {
            Current = _items[_next++];
            return new ValueTask<bool>(true);
        }

        return MoveOnAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _cancellation.Dispose();
        _items.Clear();
        stream.Call.Abandon(stream, reason: null);
        return default;
    }

    private async ValueTask<bool> MoveOnAsync()
    {
        _items.Clear();
        _next = 0;
        while (true)
        {
            if (_unreadable is not null)
            {
                throw _unreadable;
            }

            if (stream.TryTake(out var batch))
            {
                Decode(in batch);
                if (_items.Count > 0)
                {
                    Current = _items[_next++];
                    return true;
                }
            }
            else if (stream.IsOver(out var failure))
            {
                return failure is null ? false : throw failure;
            }
            else
            {
                _ = await stream.WaitAsync().ConfigureAwait(false);
            }
        }
    }

    private void Decode(in ReceivedItems batch)
    {
        try
        {
            Decode(batch.Payload, batch.IsRaw);
        }
        catch (Exception exception)
        {
            // Converters are user code: whatever they throw is a fault of the item. Those before it are still given out.
            _unreadable = new NetException(
                NetError.BadResult,
                $"An item of the stream of '{stream.Call.Tag}' can't be read as {SignatureText.NameOf(typeof(T))}: {exception.Message}",
                exception);
            stream.Call.Abandon(stream, _unreadable);
        }
        finally
        {
            batch.Return();
            stream.Consumed(batch.Cost);
        }
    }

    private void Decode(ReadOnlySpan<byte> payload, bool isRaw)
    {
        var raw = RawPayload.Parse(payload, isRaw);
        var reader = new ValueReader(new Utf8JsonReader(raw.Json, ArgumentReader.JsonOptions), stream.Call.SerializerOptions);
        if (!reader.Json.Read() || reader.Json.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Items come as an array.");
        }

        while (reader.Json.Read() && reader.Json.TokenType != JsonTokenType.EndArray)
        {
            _items.Add(isRaw && raw.TryGet(_items.Count, out var kind, out var bytes)
                ? RawJson.InPlace(ref reader, codec, kind, bytes)
                : codec.Read(ref reader));
        }
    }
}
