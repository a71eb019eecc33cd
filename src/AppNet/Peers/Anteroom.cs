using AppNet.Links;
using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>
/// Where those wait who have connected and said nothing yet: each for its time, and without a buffer. When it is full, who has waited longest
/// makes room, so that silence keeps nobody out. Safe for use from many threads.
/// </summary>
/// <param name="options">How long they may wait.</param>
/// <param name="capacity">How many may wait at once.</param>
internal sealed class Anteroom(LinkOptions options, int capacity)
{
    // What decides who it is, and as a rule all that a Python caller sends.
    private const int FirstBytes = 1_024;

    private readonly Lock _gate = new();

    // Guarded by _gate. Who has waited longest comes first.
    private readonly LinkedList<IDuplex> _waiting = new();

    /// <summary>Waits for the first bytes.</summary>
    /// <param name="duplex">Who has connected.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What has arrived; nothing: it has left.</returns>
    /// <exception cref="IOException">It was sent away, or the path is gone.</exception>
    /// <exception cref="HandshakeException">It said nothing in its time.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<ReadOnlyMemory<byte>> WaitAsync(IDuplex duplex, CancellationToken cancellationToken)
    {
        using var patience = new Patience(options.TimeUntilProof, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var place = Enter(duplex);
        try
        {
            _ = await duplex.ReceiveAsync(Memory<byte>.Empty, either.Token).ConfigureAwait(false);
            var buffer = new byte[FirstBytes];
            return buffer.AsMemory(0, await duplex.ReceiveAsync(buffer, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (patience.Token.IsCancellationRequested)
        {
            throw new HandshakeException(NetError.Refused, $"It said nothing for {patience.Limit.TotalSeconds:0.#} s.");
        }
        finally
        {
            Leave(place);
        }
    }

    private LinkedListNode<IDuplex> Enter(IDuplex duplex)
    {
        IDuplex? longest = null;
        LinkedListNode<IDuplex> place;
        lock (_gate)
        {
            if (_waiting.Count >= capacity)
            {
                longest = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }

            place = _waiting.AddLast(duplex);
        }

        longest?.Dispose();
        return place;
    }

    private void Leave(LinkedListNode<IDuplex> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
            }
        }
    }
}
