using System.Buffers;
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

    private byte[] _bytes = [];
    private int _written;

    private PayloadBuffer() => Json = new Utf8JsonWriter(this, WriterOptions);

    /// <summary>Gets the writer of JSON into this buffer. What it wrote is seen here after its <c>Flush</c>.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Gets the most bytes that may be written.</summary>
    public int Limit { get; private set; } = DefaultLimit;

    /// <summary>Gets whether more was written than the limit allows.</summary>
    public bool IsOverLimit => _written > Limit;

    /// <summary>Gets the bytes written so far. Valid until the next write, <see cref="Reset"/> or <see cref="Return"/>.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _written);

    /// <summary>Gets the bytes written so far. Valid until the next write, <see cref="Reset"/> or <see cref="Return"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    /// <summary>Returns an empty buffer.</summary>
    /// <param name="limit">The most bytes that may be written to it.</param>
    /// <returns>The buffer, to be given back by <see cref="Return"/>.</returns>
    public static PayloadBuffer Rent(int limit = DefaultLimit)
    {
        PayloadBuffer buffer = _idle ?? new PayloadBuffer();
        _idle = null;
        buffer.Limit = limit;
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
        if (_bytes.Length > MaxKeptCapacity)
        {
            Release();
        }
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
