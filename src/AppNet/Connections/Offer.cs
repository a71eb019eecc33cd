namespace AppNet.Connections;

/// <summary>The functions of one implementation that a peer offers, until it is disposed.</summary>
/// <param name="table">The peer's functions.</param>
/// <param name="connections">The implementation's.</param>
internal sealed class Offer(ConnectionTable table, IReadOnlyCollection<Connection> connections) : IDisposable
{
    /// <summary>Withdraws the functions; calls that run go on.</summary>
    public void Dispose() => table.Remove(connections);
}
