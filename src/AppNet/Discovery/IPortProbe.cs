namespace AppNet.Discovery;

/// <summary>Asks at one address who is there. Safe for use from many threads; many probes run at once.</summary>
internal interface IPortProbe
{
    /// <summary>Connects, shakes hands, and leaves again.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="cancellationToken">Ends the probe at once: the one who asks keeps the time.</param>
    /// <returns>What is there. An exception other than cancellation counts as <see cref="ProbeResult.Foreign"/>.</returns>
    ValueTask<ProbeResult> ProbeAsync(string host, int port, CancellationToken cancellationToken);
}
