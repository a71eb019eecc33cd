using System.Runtime.CompilerServices;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Functions with streams, that the compiler of the SDK builds with the generator.</summary>
public static partial class Feeds
{
    [Connect]
    public static async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < to; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    [Connect]
    public static async Task<long> Sum(IAsyncEnumerable<int> items, IProgress<int>? progress = null)
    {
        long sum = 0;
        await foreach (var item in items)
        {
            sum += item;
            progress?.Report(item);
        }

        return sum;
    }

    [Connect]
    public static async IAsyncEnumerable<string> Name(IAsyncEnumerable<int> items)
    {
        await foreach (var item in items)
        {
            yield return $"number {item}";
        }
    }

    [Connect]
    public static Stream Open(byte[] content) => new MemoryStream(content);

    [Connect]
    public static async Task<Stream> Copy(Stream source)
    {
        var copy = new MemoryStream();
        await source.CopyToAsync(copy);
        copy.Position = 0;
        return copy;
    }

    [Connect]
    public static Task<IAsyncEnumerable<int>> Later(int to) => Task.FromResult(Count(to));

    [Connect("Elsewhere.Count")]
    public static partial IAsyncEnumerable<int> CountElsewhere(int to, Peer peer, CancellationToken cancellationToken = default);
}
