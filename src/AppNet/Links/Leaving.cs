using System.Text;
using AppNet.Wire;
using Microsoft.Extensions.Logging;

namespace AppNet.Links;

/// <summary>
/// How one link is left in order: who has said goodbye, what is still waited for, and when the link can be closed without loss.
/// docs/protocol.md, section 5.2. Safe for use from many threads.
/// </summary>
internal sealed class Leaving
{
    private readonly Link _link;
    private readonly IFrameHandler[] _handlers;
    private readonly ILogger _logger;

    // Ends when nothing is under way any more on a link that is left, or when the link is gone.
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Changed by who says goodbye: only the first one does.
    private bool _isSaying;

    private volatile bool _hasSaid;
    private volatile bool _hasHeard;
    private volatile bool _hasHeardStop;

    // Whether the other side may still send calls that it was promised would be taken, until it says goodbye itself.
    private volatile bool _waitsForReply;

    /// <summary>Makes the leaving of a link that nobody has left.</summary>
    /// <param name="link">The link.</param>
    /// <param name="handlers">What is spoken on it.</param>
    /// <param name="logger">Where it reports.</param>
    public Leaving(Link link, IFrameHandler[] handlers, ILogger logger)
    {
        _link = link;
        _handlers = handlers;
        _logger = logger;
    }

    /// <summary>Gets whether the other side has said that it stops.</summary>
    public bool HasHeardStop => _hasHeardStop;

    /// <summary>Gets whether either side has said goodbye.</summary>
    public bool HasBegun => _hasSaid || _hasHeard;

    /// <summary>As <see cref="Link.LeaveAsync"/>.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait for what is under way.</param>
    /// <returns>A task that ends when the link is gone.</returns>
    public async Task LeaveAsync(Goodbye reason, CancellationToken cancellationToken)
    {
        Say(reason);
        CheckIdle();
        try
        {
            await _idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _link.SendOutAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or TimeoutException)
        {
            Log.LeftEarly(_logger, _link.Remote.Id, exception.Message);
        }

        _link.Abort(new NetException(
            NetError.PeerLost, $"The link to {_link.Remote.Id.ToFriendlyString()} was closed here: {Describe(reason)}."));
        await _link.Closed.ConfigureAwait(false);
    }

    /// <summary>As <see cref="Link.CheckIdle"/>.</summary>
    public void CheckIdle()
    {
        if (_hasSaid && (_hasHeard || !_waitsForReply) && Array.TrueForAll(_handlers, handler => handler.IsIdle))
        {
            _ = _idle.TrySetResult();
        }
    }

    /// <summary>The other side leaves, or says why it ends the link. On the read loop.</summary>
    /// <param name="frame">Its goodbye.</param>
    public void Hear(in Frame frame)
    {
        var reason = (Goodbye)frame.Header.Number;
        var text = frame.Payload.IsEmpty ? Describe(reason) : Encoding.UTF8.GetString(frame.Payload[..Math.Min(frame.Payload.Length, 512)]);
        Log.GoodbyeHeard(_logger, _link.Remote.Id, text);
        _link.TakeNoCalls();
        _hasHeardStop = reason == Goodbye.Stopping;
        _hasHeard = true;
        if (reason is Goodbye.ProtocolError or Goodbye.LimitExceeded)
        {
            _link.Abort(new NetException(NetError.PeerLost, $"{_link.Remote.Id.ToFriendlyString()} ended the link: {text}"));
            return;
        }

        foreach (var handler in _handlers)
        {
            handler.OnGoodbye(frame.Header.Id, takesNothingMore: reason == Goodbye.Stopping);
        }

        if (reason == Goodbye.Duplicate)
        {
            Say(reason);
        }

        CheckIdle();
    }

    /// <summary>The link is gone: nothing is waited for any more.</summary>
    public void OnEnd() => _ = _idle.TrySetResult();

    private static string Describe(Goodbye reason) => reason switch
    {
        Goodbye.Stopping => "the peer stops",
        Goodbye.Duplicate => "another link to the same peer is kept",
        Goodbye.ProtocolError => "the protocol was violated",
        Goodbye.LimitExceeded => "a limit was exceeded",
        _ => $"reason {(ushort)reason}",
    };

    /// <summary>Says goodbye, once, whoever asks: the user's stop, the choice between two links, the other side's own goodbye.</summary>
    private void Say(Goodbye reason)
    {
        if (Interlocked.Exchange(ref _isSaying, true))
        {
            return;
        }

        _link.TakeNoCalls();
        foreach (var handler in _handlers)
        {
            handler.Settle();
        }

        uint lastCall = 0;
        _waitsForReply = reason == Goodbye.Duplicate;
        if (reason == Goodbye.Stopping)
        {
            foreach (var handler in _handlers)
            {
                lastCall = Math.Max(lastCall, handler.Stop());
            }
        }

        _hasSaid = true;
        _ = _link.Append(FrameType.Goodbye, FrameFlags.None, (ushort)reason, lastCall, default, default, canWait: false);
        _link.Flush();
        if (reason != Goodbye.Stopping)
        {
            foreach (var handler in _handlers)
            {
                handler.OnLeaving();
            }
        }
    }
}
