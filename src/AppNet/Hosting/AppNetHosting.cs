using AppNet.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppNet;

/// <summary>Makes an application with a host, such as one of ASP.NET Core, a peer.</summary>
public static class AppNetHosting
{
    /// <summary>
    /// Makes the application a peer: it starts and stops with the host, and finishes the calls under way when it stops. It is
    /// <see cref="Net.Peer"/>, and a <see cref="LocalPeer"/> among the services. Methods with <c>[Connect]</c> of registered services can be
    /// called, each call in a scope of its own.
    /// </summary>
    /// <remarks>
    /// Options are read from the section <c>AppNet</c> of the configuration, under the names of the properties of <see cref="NetOptions"/>;
    /// the <c>NET_*</c> variables beat it, and what <paramref name="configure"/> sets beats both. The host does not start with options that
    /// are wrong: the error names all that is. Where an earlier host of the same process still has the peer of <see cref="Net"/>, this one
    /// gets a peer of its own, which is only among its services.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options in code; called again, each in turn.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAppNet(this IServiceCollection services, Action<NetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            _ = services.AddSingleton(new PeerConfiguration(configure));
        }

        services.TryAddSingleton(MakePeer);
        services.TryAddSingleton<PeerHealthCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostedPeer>());
        return services;
    }

    private static LocalPeer MakePeer(IServiceProvider services)
    {
        var peer = Net.TakePeer();
        foreach (var configuration in services.GetServices<PeerConfiguration>())
        {
            configuration.Configure(peer.Options);
        }

        // Whatever the application registers comes after what its code has set for the peer alone.
        peer.Options.Services ??= services;
        peer.Options.LoggerFactory ??= services.GetService<ILoggerFactory>();
        peer.Configuration = NetConfiguration.Read(services.GetService<IConfiguration>()?.GetSection(NetConfiguration.Section));
        return peer;
    }
}
