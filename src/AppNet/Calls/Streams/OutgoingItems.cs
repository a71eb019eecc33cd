using AppNet.Connections;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>Sends items: what the producer has ready goes together in one frame, and nothing waits for more.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class OutgoingItems<T>(CallStreams call, int number, IAsyncEnumerable<T> items, ValueCodec<T> codec)
    : OutgoingStream(call, number)
{
    private const int BatchBytes = 32 * 1024;

    // A segment has its own entry in the table, and the batch ends with it.
    private const int MinSegment = 1024;

    private int _count;
    private long _index;

    /// <inheritdoc/>
    protected override async Task ProduceAsync(CancellationToken cancellationToken)
    {
        var batch = PayloadBuffer.Rent(Call.MaxPayload, Call.Link.RemoteLimits.Raw);
        batch.MinSegment = MinSegment;
        try
        {
            var producer = items.GetAsyncEnumerator(cancellationToken);
            try
            {
                await ProduceAsync(producer, batch, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await producer.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            PayloadBuffer.Return(batch);
        }
    }

    private async Task ProduceAsync(IAsyncEnumerator<T> producer, PayloadBuffer batch, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var next = producer.MoveNextAsync();
                if (!next.IsCompleted && _count > 0)
                {
                    await SendAsync(batch).ConfigureAwait(false);
                }

                if (!await next.ConfigureAwait(false) || !TryAdd(batch, producer.Current))
                {
                    return;
                }

                // The producer may use the memory of a segment again for its next item.
                if (batch.JsonLength >= BatchBytes || !batch.Segments.IsEmpty)
                {
                    await SendAsync(batch).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // Also when the producer fails: the items before the error arrive.
            if (_count > 0 && !cancellationToken.IsCancellationRequested)
            {
                await SendAsync(batch).ConfigureAwait(false);
            }
        }
    }

    private bool TryAdd(PayloadBuffer batch, T item)
    {
        if (_count == 0)
        {
            batch.Json.WriteStartArray();
        }

        var length = batch.JsonLength;
        try
        {
            if (!batch.TakesRaw || !codec.TryWriteRaw(batch, _count, item))
            {
                var writer = new ValueWriter(batch.Json, Call.SerializerOptions);
                codec.Write(ref writer, item);
            }

            if (batch.JsonLength > batch.Limit)
            {
                throw batch.TooLarge();
            }
        }
        catch (Exception exception)
        {
            var fault = batch.IsOverLimit || batch.JsonLength > batch.Limit
                ? $"is larger than the limit of {batch.Limit} bytes."
                : $"can't be serialized: {exception.Message}";
            Fault = new NetException(NetError.BadResult, $"Item {_index} of the stream of '{Call.Tag}' {fault}", exception);
            batch.Truncate(length);
            return false;
        }

        _count++;
        _index++;
        return true;
    }

    private async ValueTask SendAsync(PayloadBuffer batch)
    {
        batch.Json.WriteEndArray();
        batch.Complete();
        await SendAsync(batch.Length, (flags, number) => Append(batch, flags, number)).ConfigureAwait(false);
        batch.Reset();
        _count = 0;
    }

    private SendOutcome Append(PayloadBuffer batch, FrameFlags flags, ushort number) =>
        Call.Link.Append(FrameType.Item, flags, number, Call.Id, default, batch.WrittenSpan, batch.Segments);
}
