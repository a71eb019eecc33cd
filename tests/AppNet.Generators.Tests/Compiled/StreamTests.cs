using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Streams through generated overloads: on a peer, and here.</summary>
public sealed class StreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_overload_keeps_streams()
    {
        Peer? somebody = null;

        IAsyncEnumerable<int> count = Feeds.Count(3, peer: somebody);
        Func<Task<Stream>> open = () => Feeds.Open([], peer: somebody);
        Func<Task<IAsyncEnumerable<int>>> later = () => Feeds.Later(3, peer: somebody);

        Assert.NotNull(count);
        Assert.NotNull(open);
        Assert.NotNull(later);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streams_flow_on_a_peer_and_here_alike(bool isHere)
    {
        await using var peers = await TwoPeers.StartAsync();
        var peer = isHere ? null : peers.Peer;
        byte[] content = [1, 2, 3];
        var reports = new Reports();

        Assert.Equal([0, 1, 2], await ReadAsync(Feeds.Count(3, peer: peer, cancellationToken: Token)));
        Assert.Equal(10, await Feeds.Sum(Feeds.Count(5), reports, peer: peer, cancellationToken: Token));
        Assert.Equal([0, 1, 2, 3, 4], reports.Values);
        Assert.Equal(1, await Feeds.Sum(Feeds.Count(2), peer: peer, cancellationToken: Token));
        Assert.Equal(["number 0", "number 1"], await ReadAsync(Feeds.Name(Feeds.Count(2), peer: peer, cancellationToken: Token)));
        Assert.Equal(content, await ReadAsync(await Feeds.Open(content, peer: peer, cancellationToken: Token)));
        Assert.Equal(content, await ReadAsync(await Feeds.Copy(new MemoryStream(content), peer: peer, cancellationToken: Token)));
        Assert.Equal([0, 1], await ReadAsync(await Feeds.Later(2, peer: peer, cancellationToken: Token)));
    }

    [Fact]
    public async Task Streams_are_called_by_tag_and_by_stub_too()
    {
        await using var peers = await TwoPeers.StartAsync();
        _ = peers.Far.Connect("Elsewhere.Count", (int to) => Feeds.Count(to));

        Assert.Equal([0, 1, 2], await ReadAsync(Feeds.CountElsewhere(3, peers.Peer, Token)));
        Assert.Equal(
            [0, 1, 2],
            await ReadAsync(peers.Peer.StreamAsync<int>("AppNet.Generators.Tests.Compiled.Feeds.Count", [3], Token)));
    }

    [Fact]
    public async Task Cancelling_reaches_the_iterator()
    {
        await using var peers = await TwoPeers.StartAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Feeds.Count(int.MaxValue, peer: peers.Peer, cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        var read = new List<T>();
        await foreach (var item in items)
        {
            read.Add(item);
        }

        return read;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            var read = new MemoryStream();
            await stream.CopyToAsync(read, Token);
            return read.ToArray();
        }
    }

    private sealed class Reports : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
