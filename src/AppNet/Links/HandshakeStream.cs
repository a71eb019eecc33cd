using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Links;

/// <summary>The preface and the frames of one handshake over one duplex, bounded in size. Used by one task.</summary>
internal sealed class HandshakeStream(IDuplex duplex, int maxBytes)
{
    private byte[] _received = new byte[1024];
    private bool _hasSentPreface;
    private int _total;
    private int _start;
    private int _end;

    /// <summary>Begins with what somebody has received already.</summary>
    /// <param name="duplex">The duplex.</param>
    /// <param name="maxBytes">The most bytes that the other side may send.</param>
    /// <param name="received">What it has sent so far.</param>
    public HandshakeStream(IDuplex duplex, int maxBytes, ReadOnlySpan<byte> received)
        : this(duplex, maxBytes)
    {
        _received = new byte[Math.Max(_received.Length, received.Length)];
        received.CopyTo(_received);
        _total = _end = received.Length;
    }

    /// <summary>Gets what has arrived and was not read.</summary>
    public ReadOnlyMemory<byte> Rest => _received.AsMemory(_start, _end - _start);

    /// <summary>Writes a message; the preface goes before the first one.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">The frame it travels in.</param>
    /// <param name="message">The message.</param>
    /// <param name="typeInfo">How it is written.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <returns>The payload as it was written.</returns>
    public async ValueTask<byte[]> WriteAsync<T>(
        FrameType type, T message, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(message, typeInfo);
        var preface = _hasSentPreface ? 0 : WireLimits.Preface.Length;
        _hasSentPreface = true;
        var bytes = new byte[preface + FrameHeader.Size + payload.Length];
        WireLimits.Preface[..preface].CopyTo(bytes);
        new FrameHeader((uint)payload.Length, type, FrameFlags.None, 0, 0).Write(bytes.AsSpan(preface));
        payload.CopyTo(bytes, preface + FrameHeader.Size);
        await duplex.SendAsync([bytes], cancellationToken).ConfigureAwait(false);
        return payload;
    }

    /// <summary>Reads as many bytes as the preface has.</summary>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <returns>The bytes; fewer where the other side ended.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadPrefaceAsync(CancellationToken cancellationToken)
    {
        var length = WireLimits.Preface.Length;
        while (Rest.Length < length && MayBePreface())
        {
            if (!await ReceiveAsync(length, cancellationToken).ConfigureAwait(false))
            {
                break;
            }
        }

        var preface = Rest[..Math.Min(length, Rest.Length)];
        _start += preface.Length;
        return preface;
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <returns>Its type and its payload, valid until the next read.</returns>
    /// <exception cref="ProtocolException">The frame is too long or the other side ended.</exception>
    public async ValueTask<(FrameType Type, ReadOnlyMemory<byte> Payload)> ReadAsync(CancellationToken cancellationToken)
    {
        await NeedAsync(FrameHeader.Size, cancellationToken).ConfigureAwait(false);
        var header = FrameHeader.Read(Rest.Span);
        if (header.Length > WireLimits.MaxHandshakeFrame)
        {
            throw new ProtocolException($"A frame of the handshake has {header.Length} bytes, more than {WireLimits.MaxHandshakeFrame}.");
        }

        await NeedAsync(FrameHeader.Size + (int)header.Length, cancellationToken).ConfigureAwait(false);
        var payload = Rest.Slice(FrameHeader.Size, (int)header.Length);
        _start += FrameHeader.Size + payload.Length;
        return (header.Type, payload);
    }

    /// <summary>Reads a message.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <param name="typeInfo">How it is read.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ProtocolException">The payload is no such message.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> payload, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, typeInfo)
                ?? throw new ProtocolException($"A {typeof(T).Name} of the handshake is null.");
        }
        catch (JsonException exception)
        {
            throw new ProtocolException($"A {typeof(T).Name} of the handshake can't be read: {exception.Message}");
        }
    }

    // A stranger that says something else is not waited for until it has said enough of it.
    private bool MayBePreface() => WireLimits.Preface.StartsWith(Rest.Span);

    private async ValueTask NeedAsync(int count, CancellationToken cancellationToken)
    {
        while (Rest.Length < count)
        {
            if (!await ReceiveAsync(count, cancellationToken).ConfigureAwait(false))
            {
                throw new ProtocolException("The other side ended in the middle of the handshake.");
            }
        }
    }

    private async ValueTask<bool> ReceiveAsync(int wanted, CancellationToken cancellationToken)
    {
        var rest = Rest;
        if (_start + wanted > _received.Length)
        {
            var larger = wanted > _received.Length ? new byte[Math.Max(wanted, _received.Length * 2)] : _received;
            rest.CopyTo(larger);
            _received = larger;
            _start = 0;
            _end = rest.Length;
        }

        var count = await duplex.ReceiveAsync(_received.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count;
        _total += count;
        return _total <= maxBytes
            ? count > 0
            : throw new ProtocolException($"The handshake has taken more than {maxBytes} bytes.");
    }
}
