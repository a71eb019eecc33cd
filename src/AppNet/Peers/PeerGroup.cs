namespace AppNet;

/// <summary>
/// The peers of a group, whoever they are at the moment: each question looks anew. The peer that asks isn't among them. Safe for use
/// from many threads.
/// </summary>
public sealed class PeerGroup
{
    private readonly LocalPeer _owner;

    // Where the next call to any begins, so that the peers take turns.
    private uint _turn;

    internal PeerGroup(LocalPeer owner, string name)
    {
        _owner = owner;
        Name = name;
    }

    /// <summary>Gets the group's name; <c>None</c> stands for the peers without a group.</summary>
    public string Name { get; }

    /// <summary>Finds the peers that are in the group now.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The peers.</returns>
    public Task<PeerDirectory> GetPeersAsync(CancellationToken cancellationToken = default) =>
        _owner.GetPeerGroupAsync(Name, refresh: true, cancellationToken);

    /// <summary>
    /// Calls one peer of the group. When it turns out that the function has not run there, another one is called; peers take turns in
    /// being the first.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="call">Calls a peer.</param>
    /// <param name="cancellationToken">Ends the wait; handed to the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="NetException"><see cref="NetError.PeerNotFound"/>: the group is empty; or what the last call failed with.</exception>
    public async Task<T> AnyAsync<T>(Func<Peer, CancellationToken, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var tried = new HashSet<PeerId>();
        NetException? failure = null;

        // What is known already first: mostly that is enough, and it asks nobody.
        foreach (var refresh in (bool[])[false, true])
        {
            var peers = await _owner.GetPeerGroupAsync(Name, refresh, cancellationToken).ConfigureAwait(false);
            var first = Interlocked.Increment(ref _turn) - 1;
            for (uint i = 0; i < peers.Count; i++)
            {
                var peer = peers[(int)((first + i) % (uint)peers.Count)];
                if (!tried.Add(peer.Id))
                {
                    continue;
                }

                try
                {
                    return await call(peer, cancellationToken).ConfigureAwait(false);
                }
                catch (NetException exception) when (exception.Outcome == CallOutcome.HasNotRun)
                {
                    failure = exception;
                }
            }
        }

        throw failure ?? new NetException(NetError.PeerNotFound, $"The group '{Name}' has no peers that this one can find.");
    }

    /// <summary>Calls one peer of the group, as the form with a result does.</summary>
    /// <param name="call">Calls a peer.</param>
    /// <param name="cancellationToken">Ends the wait; handed to the call.</param>
    /// <returns>A task that ends when the call has.</returns>
    /// <exception cref="NetException"><see cref="NetError.PeerNotFound"/>: the group is empty; or what the last call failed with.</exception>
    public Task AnyAsync(Func<Peer, CancellationToken, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return AnyAsync(
            async (peer, token) =>
            {
                await call(peer, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Calls all peers of the group at once.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="call">Calls a peer.</param>
    /// <param name="cancellationToken">Ends the wait; handed to the calls.</param>
    /// <returns>One outcome for each peer, in the order of the directory. Failures are outcomes; only cancellation is thrown.</returns>
    public async Task<IReadOnlyList<PeerOutcome<T>>> AllAsync<T>(
        Func<Peer, CancellationToken, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var peers = await GetPeersAsync(cancellationToken).ConfigureAwait(false);
        var outcomes = await Task.WhenAll(peers.Select(peer => TryAsync(peer, call, cancellationToken))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return outcomes;
    }

    /// <summary>Calls all peers of the group at once, for functions without a result.</summary>
    /// <param name="call">Calls a peer.</param>
    /// <param name="cancellationToken">Ends the wait; handed to the calls.</param>
    /// <returns>One outcome for each peer, whose value is true. Failures are outcomes; only cancellation is thrown.</returns>
    public Task<IReadOnlyList<PeerOutcome<bool>>> AllAsync(
        Func<Peer, CancellationToken, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return AllAsync(
            async (peer, token) =>
            {
                await call(peer, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Returns the group's name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static async Task<PeerOutcome<T>> TryAsync<T>(
        Peer peer, Func<Peer, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return new PeerOutcome<T>(peer, await call(peer, cancellationToken).ConfigureAwait(false), exception: null);
        }
        catch (Exception exception)
        {
            return new PeerOutcome<T>(peer, default, exception);
        }
    }
}
