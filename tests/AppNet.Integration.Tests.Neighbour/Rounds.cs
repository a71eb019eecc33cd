namespace AppNet.Integration.Tests.Neighbour;

/// <summary>A second peer in this process, a new one for each round in which two of them dial each other.</summary>
public static class Rounds
{
    private static LocalPeer? _peer;

    private static LocalPeer Current => _peer ?? throw new InvalidOperationException("No round has begun.");

    /// <summary>Starts the peer of a round.</summary>
    [Connect]
    public static async Task<string> Begin()
    {
        _peer = new LocalPeer();
        await Current.StartAsync();
        return Current.Id.ToString();
    }

    /// <summary>Calls the other one's peer, several times at once.</summary>
    [Connect]
    public static async Task<int[]> Call(string id, int times)
    {
        var other = Current.GetPeer(id);
        return await Task.WhenAll(Enumerable.Range(0, times).Select(i => Functions.Multiply(i, 3, peer: other)));
    }

    /// <summary>Waits until this process has so many links, and says how many it had at most meanwhile.</summary>
    [Connect]
    public static async Task<long> WaitForLinks(long count, CancellationToken cancellationToken)
    {
        await LinkMeter.WaitForAsync(count, cancellationToken);
        return LinkMeter.TakeMost();
    }

    /// <summary>Stops the peer of the round.</summary>
    [Connect]
    public static async Task End() => await Current.DisposeAsync();
}
