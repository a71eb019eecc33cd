using AppNet.Transport;

namespace AppNet.Conformance;

/// <summary>Bytes that can be told from any others, sent and received in ways that chance decides.</summary>
internal static class Traffic
{
    private const int LargestPiece = 70_000;

    /// <summary>Makes bytes.</summary>
    public static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Makes a list of one buffer.</summary>
    public static List<ArraySegment<byte>> One(params byte[] bytes) => [bytes];

    /// <summary>Sends everything, in lists of one to twelve buffers, and ends the sending.</summary>
    public static async Task SendAllAsync(IDuplex duplex, byte[] bytes, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        int offset = 0;
        while (offset < bytes.Length)
        {
            var buffers = new List<ArraySegment<byte>>();
            for (int i = random.Next(1, 13); i > 0 && offset < bytes.Length; i--)
            {
                int size = Math.Min(bytes.Length - offset, random.Next(0, LargestPiece));
                buffers.Add(new ArraySegment<byte>(bytes, offset, size));
                offset += size;
            }

            await duplex.SendAsync(buffers, cancellationToken);
        }

        duplex.CompleteSending();
    }

    /// <summary>Receives until the end, blocking, polling and waiting by turns.</summary>
    public static async Task<byte[]> ReceiveAllAsync(IDuplex duplex, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        using var received = new MemoryStream();
        byte[] buffer = new byte[LargestPiece];
        while (true)
        {
            int count = await ReceiveSomeAsync(duplex, buffer.AsMemory(0, random.Next(1, buffer.Length)), random.Next(4), cancellationToken);
            if (count == 0)
            {
                return received.ToArray();
            }

            await received.WriteAsync(buffer.AsMemory(0, Math.Max(count, 0)), cancellationToken);
        }
    }

    /// <summary>Receives until a number of bytes is there.</summary>
    public static async Task<byte[]> ReceiveExactlyAsync(IDuplex duplex, int count, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[count];
        int offset = 0;
        while (offset < count)
        {
            int received = await duplex.ReceiveAsync(bytes.AsMemory(offset), cancellationToken);
            offset += received > 0 ? received : throw new EndOfStreamException($"The path ended after {offset} of {count} bytes.");
        }

        return bytes;
    }

    /// <summary>Sends until no more is taken.</summary>
    /// <returns>How many bytes were taken.</returns>
    public static long Fill(IDuplex duplex)
    {
        var piece = One(new byte[16 * 1024]);
        long total = 0;
        int fruitless = 0;
        while (fruitless < 3)
        {
            int taken = duplex.TrySend(piece);
            total += taken;
            fruitless = taken == 0 ? fruitless + 1 : 0;
        }

        return total;
    }

    private static async Task<int> ReceiveSomeAsync(IDuplex duplex, Memory<byte> buffer, int way, CancellationToken cancellationToken)
    {
        switch (way)
        {
            case 0:
                return duplex.Receive(buffer.Span, TimeSpan.FromMilliseconds(20));
            case 1:
                return duplex.Receive(buffer.Span, TimeSpan.Zero);
            case 2:
                await duplex.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
                return await duplex.ReceiveAsync(buffer, cancellationToken);
            default:
                return await duplex.ReceiveAsync(buffer, cancellationToken);
        }
    }
}
