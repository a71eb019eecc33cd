using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Tests.Links;

/// <summary>Reads the frames that arrive at one end of a path.</summary>
internal sealed class RawEnd(IDuplex duplex)
{
    private byte[] _received = [];

    /// <summary>Reads the next frame, whatever it is.</summary>
    public async Task<(FrameHeader Header, byte[] Content)> ReadAsync()
    {
        var header = FrameHeader.Read(await TakeAsync(FrameHeader.Size));
        return (header, await TakeAsync((int)header.Length));
    }

    /// <summary>Reads up to the next frame of a type; others are skipped.</summary>
    public async Task<(FrameHeader Header, byte[] Content)> ReadAsync(FrameType type)
    {
        while (true)
        {
            var frame = await ReadAsync();
            if (frame.Header.Type == type)
            {
                return frame;
            }
        }
    }

    private async Task<byte[]> TakeAsync(int count)
    {
        while (_received.Length < count)
        {
            var buffer = new byte[4096];
            var read = await duplex.ReceiveAsync(buffer, CancellationToken.None).AsTask().Within();
            _received = read > 0 ? [.. _received, .. buffer.AsSpan(0, read)] : throw new EndOfStreamException("The link has ended.");
        }

        var taken = _received[..count];
        _received = _received[count..];
        return taken;
    }
}
