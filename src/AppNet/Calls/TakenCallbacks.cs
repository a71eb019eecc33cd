using AppNet.Links;

namespace AppNet.Calls;

/// <summary>
/// The callbacks that a call has brought along, for the function that it runs. They end with the call: those that are under way then are
/// cancelled, and further ones fail.
/// </summary>
internal sealed class TakenCallbacks
{
    private readonly CancellationTokenSource _ended;
    private readonly Func<TimeSpan?> _timeLeft;
    private volatile bool _hasEnded;

    /// <summary>Makes those of a call.</summary>
    /// <param name="link">The link that the call came over, and that its callbacks go over.</param>
    /// <param name="call">The call's number.</param>
    /// <param name="tag">The function, for messages.</param>
    /// <param name="timeLeft">Says how much time the call has left.</param>
    /// <param name="cancellationToken">The call's token, with which its callbacks are cancelled.</param>
    public TakenCallbacks(Link link, uint call, string tag, Func<TimeSpan?> timeLeft, CancellationToken cancellationToken)
    {
        Link = link;
        Call = call;
        Tag = tag;
        _timeLeft = timeLeft;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _ended.Token;
    }

    /// <summary>Gets the link.</summary>
    public Link Link { get; }

    /// <summary>Gets the call's number.</summary>
    public uint Call { get; }

    /// <summary>Gets the function.</summary>
    public string Tag { get; }

    /// <summary>Gets whether the call has ended.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Gets the token that ends with the call, or when it is cancelled.</summary>
    public CancellationToken Token { get; }

    /// <summary>Gets the time that the call has left, which is the most a callback may take; null: no limit.</summary>
    public TimeSpan? TimeLeft => _timeLeft();

    /// <summary>Takes note that the call has ended: before its answer is sent, so that what is cancelled is told first.</summary>
    public void End()
    {
        _hasEnded = true;
        _ended.Cancel();
        _ended.Dispose();
    }
}
