using AppNet.Load.Measuring;

namespace AppNet.Load.Systems;

/// <summary>
/// A client without calls of its own that could be in flight at once: it carries a window of them itself, blocking the
/// calling thread. What it reaches is a ceiling, not a rival.
/// </summary>
internal interface IWindowedClient
{
    /// <summary>
    /// Sends <paramref name="window"/> additions as one batch, over and over, until the meter has stopped.
    /// </summary>
    /// <param name="window">How many calls a batch holds.</param>
    /// <param name="meter">Takes each call's latency, which is its batch's.</param>
    void AddInWindow(int window, CallMeter meter);

    /// <summary>Keeps <paramref name="window"/> echoes under way until the meter has stopped.</summary>
    /// <param name="payload">What each of them carries.</param>
    /// <param name="window">How many are under way.</param>
    /// <param name="meter">Takes each echo's latency.</param>
    void EchoInWindow(byte[] payload, int window, CallMeter meter);
}
