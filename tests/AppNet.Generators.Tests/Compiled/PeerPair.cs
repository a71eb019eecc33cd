using Microsoft.Extensions.DependencyInjection;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Two peers of a network in memory: one that calls, and one that is called and may have services.</summary>
internal sealed class PeerPair : IAsyncDisposable
{
    private readonly MemoryNetwork _network = new();
    private readonly ServiceProvider? _services;

    private PeerPair(Action<IServiceCollection>? services, Action<NetOptions>? far)
    {
        Near = new LocalPeer(new NetOptions { Network = _network });
        var options = new NetOptions { Network = _network };
        if (services is not null)
        {
            var collection = new ServiceCollection();
            services(collection);
            _services = collection.BuildServiceProvider();
            options.Services = _services;
        }

        far?.Invoke(options);
        Far = new LocalPeer(options);
    }

    /// <summary>Gets the peer that calls.</summary>
    public LocalPeer Near { get; }

    /// <summary>Gets the peer that is called.</summary>
    public LocalPeer Far { get; }

    /// <summary>Gets the caller's handle to the other one.</summary>
    public Peer ToFar => Near.GetPeer(Far.Id);

    public static async Task<PeerPair> StartAsync(Action<IServiceCollection>? services = null, Action<NetOptions>? far = null)
    {
        var pair = new PeerPair(services, far);
        await pair.Near.StartAsync();
        await pair.Far.StartAsync();
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        await Near.DisposeAsync();
        await Far.DisposeAsync();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }
}
