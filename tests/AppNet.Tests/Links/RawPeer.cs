using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Tests.Links;

/// <summary>A side with a link whose other end is bytes in the hands of the test.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly IDuplex _duplex;
    private readonly RawEnd _end;

    private RawPeer(LinkSide side, IDuplex duplex)
    {
        Side = side;
        _duplex = duplex;
        _end = new RawEnd(duplex);
    }

    public LinkSide Side { get; }

    public static RawPeer Start(LinkPairOptions? options = null)
    {
        options ??= new LinkPairOptions();
        var side = new LinkSide(LinkSide.Name(4001), options);
        var (near, far) = MemoryDuplex.CreatePair(new DuplexInfo("memory", "near", IsSameHost: true), new DuplexInfo("memory", "far", IsSameHost: true));
        side.Join(near, LinkSide.Name(4002), options.Link.Limits, isDialler: true);
        side.Link.Start();
        return new RawPeer(side, far);
    }

    public static byte[] Frame(FrameType type, ushort number, uint id, ReadOnlySpan<byte> content, FrameFlags flags = FrameFlags.None)
    {
        var bytes = new byte[FrameHeader.Size + content.Length];
        new FrameHeader((uint)content.Length, type, flags, number, id).Write(bytes);
        content.CopyTo(bytes.AsSpan(FrameHeader.Size));
        return bytes;
    }

    public Task SendAsync(FrameType type, ushort number, uint id, byte[] content, FrameFlags flags = FrameFlags.None) =>
        SendAsync(Frame(type, number, id, content, flags));

    public Task SendAsync(byte[] bytes) => _duplex.SendAsync([bytes], CancellationToken.None).AsTask().Within();

    /// <summary>Reads up to the next frame of a type; others are skipped.</summary>
    public Task<(FrameHeader Header, byte[] Content)> ReadAsync(FrameType type) => _end.ReadAsync(type);

    public void Close() => _duplex.Dispose();

    public void CompleteSending() => _duplex.CompleteSending();

    public async ValueTask DisposeAsync()
    {
        _duplex.Dispose();
        await Side.Link.Closed.Within();
        Side.Dispose();
    }
}
