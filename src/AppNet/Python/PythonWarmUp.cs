using AppNet.Python.Wires;
using AppNet.Transport;

namespace AppNet.Python;

/// <summary>
/// Answers a question of each wire before anybody can ask one: a Python peer that looks for others gives each 0.1 s, and the first answer of
/// a process takes longer than that when its code is not compiled yet.
/// </summary>
internal static class PythonWarmUp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks over loopback. That it fails concerns nobody.</summary>
    /// <param name="setup">This peer.</param>
    /// <param name="take">Takes what was accepted, as the peer's doors do.</param>
    /// <returns>A task that ends when both questions are answered.</returns>
    public static async Task RunAsync(PythonSetup setup, Func<IDuplex, Task> take)
    {
        using var limit = new CancellationTokenSource(Limit, setup.Time);
        try
        {
            var loopback = new TransportAddress(setup.Transport.Name, "127.0.0.1", 0);
            using var listener = setup.Transport.Listen(loopback);
            foreach (var family in new[] { PythonFamily.V06, PythonFamily.V04 })
            {
                var asking = PythonProbe.InfoAsync(
                    new PythonClient(setup, new PeerAddress(listener.Address.Host, listener.Address.Port)), family, limit.Token);
                await take(await listener.AcceptAsync(limit.Token).ConfigureAwait(false)).ConfigureAwait(false);
                _ = await asking.ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or NetException or OperationCanceledException)
        {
            Log.PythonRequestEnded(setup.Logger, "this process", exception.Message);
        }
    }
}
