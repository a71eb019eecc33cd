using AppNet.Load.Systems;

namespace AppNet.Load.Workloads;

/// <summary>W5: links that have made one call each and then lie idle.</summary>
/// <param name="system">What makes the links.</param>
/// <param name="endpoint">The server.</param>
internal sealed class LinkCrowd(ISystem system, Endpoint endpoint) : IAsyncDisposable
{
    private const int MadeAtOnce = 16;

    private readonly List<IWorkloadClient> _links = [];

    /// <summary>Adds links.</summary>
    /// <param name="count">How many more.</param>
    /// <returns>A task that ends when each has had its call answered.</returns>
    public async Task GrowAsync(int count)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(MadeAtOnce))
        {
            _links.AddRange(await Task.WhenAll(some.Select(_ => Task.Run(CreateAsync))));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }

    private async Task<IWorkloadClient> CreateAsync()
    {
        var link = await system.CreateClientAsync(endpoint);
        await link.AddAsync(20, 22);
        return link;
    }
}
