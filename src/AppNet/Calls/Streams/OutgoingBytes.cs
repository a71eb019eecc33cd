using System.Buffers;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>Sends the bytes of a stream, as they are read.</summary>
internal sealed class OutgoingBytes(CallStreams call, int number, Stream bytes, bool ownsStream) : OutgoingStream(call, number)
{
    private const int ChunkBytes = 64 * 1024;

    /// <inheritdoc/>
    protected override async Task ProduceAsync(CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(Math.Min(ChunkBytes, Call.MaxPayload));
        try
        {
            int count;
            while ((count = await bytes.ReadAsync(chunk.AsMemory(0, Math.Min(ChunkBytes, Call.MaxPayload)), cancellationToken).ConfigureAwait(false)) > 0)
            {
                await SendAsync(count, (flags, number) => Append(chunk.AsSpan(0, count), flags, number)).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
            if (ownsStream)
            {
                await bytes.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private SendOutcome Append(ReadOnlySpan<byte> chunk, FrameFlags flags, ushort number) =>
        Call.Link.Append(FrameType.Item, flags, number, Call.Id, default, chunk, canWait: true);
}
