using AppNet.Calls;
using AppNet.Links;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Python;

/// <summary>What the Python wires of one peer have in common: what they are given by the floor above.</summary>
internal sealed record PythonSetup
{
    /// <summary>Gets the peer's calls: its functions, flags, limits and clock.</summary>
    public required CallProtocol Calls { get; init; }

    /// <summary>Gets what the peer says of itself.</summary>
    public required Func<PeerInfo> Self { get; init; }

    /// <summary>Gets the events that others have subscribed to.</summary>
    public required Func<IEnumerable<string>> Subscribed { get; init; }

    /// <summary>Gets what the links of this peer have in common.</summary>
    public required LinkOptions Links { get; init; }

    /// <summary>Gets the threads that links are read on.</summary>
    public required LinkThreads Threads { get; init; }

    /// <summary>Gets the way to Python peers: TCP, but for tests.</summary>
    public required ITransport Transport { get; init; }

    /// <summary>Gets whether an address may be connected to: one of this host.</summary>
    public required Func<TransportAddress, bool> MayConnect { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time => Calls.Options.Time;

    /// <summary>Gets where the Python wires report.</summary>
    public ILogger Logger => Calls.Logger;
}
