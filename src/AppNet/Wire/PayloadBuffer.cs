using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppNet.Wire;

/// <summary>
/// The memory that one payload is written to, with its JSON writer. Rented by one thread, which also gives it back; user code
/// that runs while a value is written may rent another.
/// </summary>
internal sealed class PayloadBuffer : IBufferWriter<byte>
{
    /// <summary>The largest payload, in bytes, unless <see cref="Limit"/> says otherwise: 16 MiB.</summary>
    public const int DefaultLimit = 16 * 1024 * 1024;

    private const int InitialCapacity = 1024;

    // A larger buffer goes back to the pool after use, so that one large payload is not paid for ever after.
    private const int MaxKeptCapacity = 64 * 1024;

    // Payloads are no part of a page, so only what JSON itself demands is escaped. What writes is tested or STJ's own.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 64,
    };

    [ThreadStatic]
    private static PayloadBuffer? _idle;

    // The values that go beside the JSON, in the order of their positions. Their arrays are the user's.
    private readonly List<RawSegment> _segments = [];

    private byte[] _bytes = [];
    private int _written;
    private long _segmentBytes;

    private PayloadBuffer() => Json = new Utf8JsonWriter(this, WriterOptions);

    /// <summary>Gets the writer of JSON into this buffer. What it wrote is seen here after its <c>Flush</c>.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Gets the most bytes that may be written.</summary>
    public int Limit { get; private set; } = DefaultLimit;

    /// <summary>Gets the bytes of JSON written so far, flushed or not.</summary>
    public int JsonLength => _written + Json.BytesPending;

    /// <summary>Gets the length of the whole payload: table, flushed JSON, segments.</summary>
    public int Length => (int)(RawTable.SizeOf(_segments.Count) + _written + _segmentBytes);

    /// <summary>Gets or sets the shortest value that goes raw, in bytes. Default: 0.</summary>
    public int MinSegment { get; set; }

    /// <summary>Gets whether the receiver takes raw segments.</summary>
    public bool TakesRaw { get; private set; }

    /// <summary>Gets whether more was written than the limit allows, segments and their table included.</summary>
    public bool IsOverLimit => _written + _segmentBytes + RawTable.SizeOf(_segments.Count) > Limit;

    /// <summary>Gets the values that go raw. Valid as <see cref="WrittenSpan"/>.</summary>
    public ReadOnlySpan<RawSegment> Segments => CollectionsMarshal.AsSpan(_segments);

    /// <summary>Gets the bytes written so far. Valid until the next write, <see cref="Reset"/> or <see cref="Return"/>.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _written);

    /// <summary>Gets the bytes written so far. Valid until the next write, <see cref="Reset"/> or <see cref="Return"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    /// <summary>Returns an empty buffer.</summary>
    /// <param name="limit">The most bytes that may be written to it.</param>
    /// <param name="takesRaw">Whether the receiver takes raw segments.</param>
    /// <returns>The buffer, to be given back by <see cref="Return"/>.</returns>
    public static PayloadBuffer Rent(int limit = DefaultLimit, bool takesRaw = false)
    {
        PayloadBuffer buffer = _idle ?? new PayloadBuffer();
        _idle = null;
        buffer.Limit = limit;
        buffer.TakesRaw = takesRaw;
        buffer.MinSegment = 0;
        return buffer;
    }

    /// <summary>Gives a buffer back. The caller does not touch it again.</summary>
    /// <param name="buffer">The buffer.</param>
    public static void Return(PayloadBuffer buffer)
    {
        buffer.Reset();
        if (_idle is null)
        {
            _idle = buffer;
        }
        else
        {
            buffer.Release();
        }
    }

    /// <summary>Forgets what was written, also what is half-written.</summary>
    public void Reset()
    {
        // The writer forgets first, as its unflushed bytes lie in this memory.
        Json.Reset();
        _written = 0;
        if (_segments.Count > 0)
        {
            _segments.Clear();
            _segmentBytes = 0;
        }

        if (_bytes.Length > MaxKeptCapacity)
        {
            Release();
        }
    }

    /// <summary>Adds a value as a raw segment; null takes its place in the JSON.</summary>
    /// <param name="position">Which value it is; more than the last one's.</param>
    /// <param name="kind">What its elements are.</param>
    /// <param name="source">The array that holds them, which is not copied.</param>
    /// <param name="start">Where they begin, in bytes.</param>
    /// <param name="length">How many bytes they are.</param>
    /// <returns>False when it must go as JSON: the receiver takes no segments, or no more of them.</returns>
    /// <exception cref="NetException">More is written than <see cref="Limit"/> allows.</exception>
    public bool TryAddSegment(int position, RawKind kind, Array source, int start, int length)
    {
        if (!TakesRaw || length < MinSegment || position > ushort.MaxValue || _segments.Count == RawTable.MaxSegments)
        {
            return false;
        }

        var segment = new RawSegment((ushort)position, kind, source, start, length);
        if (!BitConverter.IsLittleEndian && kind.ElementSize() > 1)
        {
            var turned = segment.Bytes.ToArray();
            kind.ToWireOrder(turned);
            segment = segment with { Source = turned, Start = 0 };
        }

        _segments.Add(segment);
        _segmentBytes += length;
        if (IsOverLimit)
        {
            throw TooLarge();
        }

        Json.WriteNullValue();
        return true;
    }

    /// <summary>Takes back what was written behind a length, also when it is half-written. What goes on is one level deep.</summary>
    /// <param name="length">What <see cref="JsonLength"/> was; no segment was added since.</param>
    public void Truncate(int length)
    {
        // What is not flushed lies right behind what is.
        Json.Reset();
        _written = length;
    }

    /// <summary>Returns a copy of the whole payload: the table, the JSON, the segments.</summary>
    /// <returns>The payload.</returns>
    public byte[] ToArray()
    {
        var table = RawTable.SizeOf(_segments.Count);
        var payload = new byte[table + _written + _segmentBytes];
        if (table > 0)
        {
            RawTable.Write(Segments, payload);
        }

        WrittenSpan.CopyTo(payload.AsSpan(table));
        var rest = payload.AsSpan(table + _written);
        foreach (ref readonly var segment in Segments)
        {
            segment.Bytes.CopyTo(rest);
            rest = rest[segment.Length..];
        }

        return payload;
    }

    /// <inheritdoc/>
    /// <exception cref="NetException">More is written than <see cref="Limit"/> allows.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _written);
        _written += count;
        if (IsOverLimit)
        {
            throw TooLarge();
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(_written);
    }

    /// <summary>Ends the JSON, so that all of it is seen here.</summary>
    /// <exception cref="NetException">
    /// More was written than <see cref="Limit"/> allows, even if the user code that was told so went on.
    /// </exception>
    public void Complete()
    {
        Json.Flush();
        if (IsOverLimit)
        {
            throw TooLarge();
        }
    }

    /// <summary>Makes the error that says that the limit was reached.</summary>
    /// <returns>The exception.</returns>
    public NetException TooLarge() =>
        new(NetError.TooLarge, $"The payload is larger than the limit of {Limit} bytes.");

    private void Grow(int sizeHint)
    {
        int needed = checked(_written + Math.Max(sizeHint, 1));
        if (needed <= _bytes.Length)
        {
            return;
        }

        // Twice as large each time, yet never by far more than the limit lets be used.
        long doubled = Math.Min(_bytes.Length * 2L, Math.Min((long)Limit + InitialCapacity, Array.MaxLength));
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(Math.Max(needed, doubled), InitialCapacity));
        WrittenSpan.CopyTo(larger);
        Release();
        _bytes = larger;
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
