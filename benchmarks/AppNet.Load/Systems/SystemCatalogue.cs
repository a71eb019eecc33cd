using AppNet.Load.Systems.AppNetPeers;
using AppNet.Load.Systems.Http2;
using AppNet.Load.Systems.Raw;
using AppNet.Load.Systems.WebSockets;

namespace AppNet.Load.Systems;

/// <summary>
/// The systems that can be measured. One line each; made only when asked for, so that none loads another's code.
/// </summary>
internal static class SystemCatalogue
{
    private static readonly Dictionary<string, Func<ISystem>> Makers = new(StringComparer.Ordinal)
    {
        ["appnet"] = static () => new AppNetSystem(),
        ["raw"] = static () => new RawSystem(),
        ["http2"] = static () => new Http2System(),
        ["websocket"] = static () => new WebSocketSystem(),
    };

    /// <summary>Gets the names of all systems.</summary>
    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>Makes a system by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The system.</returns>
    /// <exception cref="LoadException">There is no such system.</exception>
    public static ISystem Create(string name) => Makers.TryGetValue(name, out var maker)
        ? maker()
        : throw new LoadException($"There is no system '{name}'; there are {string.Join(", ", Names)}.");
}
