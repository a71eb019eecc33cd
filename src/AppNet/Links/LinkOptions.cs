using System.Diagnostics;

namespace AppNet.Links;

/// <summary>What the links of one peer have in common.</summary>
internal sealed record LinkOptions
{
    /// <summary>Gets what this side is willing to take on one link.</summary>
    public LinkLimits Limits { get; init; } = LinkLimits.Default;

    /// <summary>Gets the bytes that may wait to be sent on one link before callers wait.</summary>
    public long SendQueueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Gets how long a handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long somebody who knocks may take to prove itself, within the time of the handshake.</summary>
    public TimeSpan ProofTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets how long somebody who knocks may be silent, and how long it may take to prove itself.</summary>
    public TimeSpan TimeUntilProof => ProofTimeout < HandshakeTimeout ? ProofTimeout : HandshakeTimeout;

    /// <summary>Gets the most bytes that somebody may send until the handshake is done.</summary>
    public int HandshakeBytes { get; init; } = 64 * 1024;

    /// <summary>Gets how long a link to a peer of this host may be silent.</summary>
    public KeepAliveOptions SameHost { get; init; } = KeepAliveOptions.OnHost;

    /// <summary>Gets how long a link to a peer of another host may be silent.</summary>
    public KeepAliveOptions OtherHost { get; init; } = KeepAliveOptions.OnNetwork;

    /// <summary>Gets how long a read loop looks for bytes before it blocks.</summary>
    public TimeSpan SpinTime { get; init; } = TimeSpan.FromMicroseconds(60);

    /// <summary>Gets what says whether a debugger is attached to this process.</summary>
    public Func<bool> IsDebugged { get; init; } = static () => Debugger.IsAttached;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
