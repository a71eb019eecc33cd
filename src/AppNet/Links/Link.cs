using System.Globalization;
using System.Text;
using AppNet.Transport;
using AppNet.Wire;
using Microsoft.Extensions.Logging;

namespace AppNet.Links;

/// <summary>
/// The live path to one peer: framed, proven, multiplexed. It owns the duplex, the way in and the way out, and knows when it ends;
/// what the frames mean is the business of the protocols attached to it. Safe for use from many threads.
/// </summary>
internal sealed class Link : IFrameSink
{
    // How long a side that is done waits for what the other one may still have to say.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly IDuplex _duplex;
    private readonly TimeProvider _time;
    private readonly LinkReader _reader;
    private readonly LinkWriter _writer;
    private readonly IFrameHandler?[] _handlers = new IFrameHandler?[64];
    private readonly IFrameHandler[] _attached;
    private readonly Leaving _leaving;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Changed by the read loop alone.
    private volatile PeerInfo _remote;

    // Why the link ends; the first reason stays.
    private NetException? _reason;

    // Ends with the next pong; null while nobody waits for one.
    private TaskCompletionSource? _pong;

    private volatile bool _takesCalls = true;
    private volatile bool _isRemoteDebugged;

    private readonly Func<bool> _isDebugged;
    private readonly ByteMeter _bytes;

    // What the other side was told last of a debugger here.
    private volatile bool _hasToldDebugger;

    // When the other side was heard last, as far as somebody looked, and how much had been received then. For messages only.
    private long _heardAt;
    private long _heard;

    /// <summary>Makes a link of a duplex on which the handshake is done. <see cref="Start"/> begins to read.</summary>
    /// <param name="handshake">What the handshake gave.</param>
    /// <param name="options">What the links of this peer have in common.</param>
    /// <param name="threads">The threads to read on.</param>
    /// <param name="protocols">What is spoken.</param>
    /// <param name="logger">Where the link reports.</param>
    public Link(
        HandshakeResult handshake,
        LinkOptions options,
        LinkThreads threads,
        IReadOnlyList<ILinkProtocol> protocols,
        ILogger logger)
    {
        _duplex = handshake.Duplex;
        _logger = logger;
        _time = options.Time;
        _heardAt = _time.GetTimestamp();
        _remote = handshake.Remote;
        _isRemoteDebugged = handshake.Remote.HasDebugger;
        _isDebugged = options.IsDebugged;
        IsDialler = handshake.IsDialler;
        RemoteLimits = handshake.RemoteLimits;
        LocalLimits = options.Limits;
        Threads = threads;
        Silence = _duplex.Info.IsSameHost ? options.SameHost : options.OtherHost;
        _writer = new LinkWriter(_duplex, options.SendQueueBytes, OnSendFailed);
        _reader = new LinkReader(_duplex, this, threads, options.Limits.Frame, handshake.Received.Span);
        _bytes = new ByteMeter(_reader, _writer);
        _attached = [.. protocols.Select(Attach)];
        _leaving = new Leaving(this, _attached, logger);
    }

    /// <summary>Gets what the peer at the other end said of itself last.</summary>
    public PeerInfo Remote => _remote;

    /// <summary>Gets whether this side dialled.</summary>
    public bool IsDialler { get; }

    /// <summary>Gets what the other side is willing to take.</summary>
    public LinkLimits RemoteLimits { get; }

    /// <summary>Gets what this side is willing to take.</summary>
    public LinkLimits LocalLimits { get; }

    /// <summary>Gets how long the link may be silent.</summary>
    public KeepAliveOptions Silence { get; }

    /// <summary>Gets the threads that the link is read on.</summary>
    public LinkThreads Threads { get; }

    /// <summary>Gets what the transport knows of the other end.</summary>
    public DuplexInfo Path => _duplex.Info;

    /// <summary>Gets whether new calls may be sent: not once either side has said goodbye.</summary>
    public bool TakesCalls => _takesCalls;

    /// <summary>Gets whether either side has said goodbye.</summary>
    public bool IsClosing => _leaving.HasBegun;

    /// <summary>Gets whether the other side has said that it stops.</summary>
    public bool IsStoppingThere => _leaving.HasHeardStop;

    /// <summary>Gets a number that grows with every sign of life.</summary>
    public long Receives => _reader.Receives;

    /// <summary>Takes note that the other side has been heard.</summary>
    /// <param name="receives">How much had been received then.</param>
    /// <param name="now">When, as a timestamp.</param>
    public void NoteLife(long receives, long now)
    {
        Volatile.Write(ref _heard, receives);
        Volatile.Write(ref _heardAt, now);
    }

    /// <summary>Counts the bytes that the link has carried since they were counted last.</summary>
    public void CountBytes() => _bytes.Count();

    /// <summary>Gets whether the other side said that a debugger is attached to it, so that its silence is no death.</summary>
    public bool IsRemoteDebugged => _isRemoteDebugged;

    /// <summary>Gets a task that ends when the link is gone. It never fails.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Begins to read. Called once.</summary>
    public void Start()
    {
        Log.LinkUp(_logger, Remote.Id, Path.Transport, IsDialler);
        _reader.Start();
    }

    /// <summary>Returns the handler of a protocol on this link.</summary>
    /// <typeparam name="T">The handler's type.</typeparam>
    /// <returns>The handler.</returns>
    public T Handler<T>()
        where T : class, IFrameHandler
    {
        foreach (var handler in _attached)
        {
            if (handler is T found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"No {typeof(T).Name} is attached to the link.");
    }

    /// <summary>Takes note of what the peer at the other end now says of itself. On the read loop.</summary>
    /// <param name="info">What it says.</param>
    /// <exception cref="ProtocolException">It is about another peer.</exception>
    public void Learn(PeerInfo info)
    {
        var known = _remote;
        if (info.Instance != known.Instance || info.Port != known.Port)
        {
            throw new ProtocolException("An Info frame speaks of another peer than its sender.");
        }

        _remote = info;
    }

    /// <summary>Queues a frame; <see cref="Flush"/> sends it.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="flags">How it is laid out, except for its header fields.</param>
    /// <param name="number">The header's number.</param>
    /// <param name="id">The header's id.</param>
    /// <param name="fields">The block of header fields, or nothing.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="canWait">Whether the frame is turned away when the queue is full.</param>
    /// <returns>What became of it.</returns>
    public SendOutcome Append(
        FrameType type,
        FrameFlags flags,
        ushort number,
        uint id,
        ReadOnlySpan<byte> fields,
        ReadOnlySpan<byte> payload,
        bool canWait)
    {
        if (!fields.IsEmpty)
        {
            flags |= FrameFlags.Fields;
        }

        var header = new FrameHeader((uint)(fields.Length + payload.Length), type, flags, number, id);
        return _writer.Append(in header, fields, payload, canWait);
    }

    /// <summary>
    /// Queues a frame whose payload may have raw segments; it waits when the queue is full. <see cref="FlushNow"/> sends it, on the same
    /// thread and before the segments' owner may change them; without segments <see cref="Flush"/> does.
    /// </summary>
    /// <param name="type">What it is.</param>
    /// <param name="flags">How it is laid out, except for its header fields and segments.</param>
    /// <param name="number">The header's number.</param>
    /// <param name="id">The header's id.</param>
    /// <param name="fields">The block of header fields, or nothing.</param>
    /// <param name="payload">The JSON.</param>
    /// <param name="segments">The raw segments.</param>
    /// <returns>What became of it.</returns>
    public SendOutcome Append(
        FrameType type,
        FrameFlags flags,
        ushort number,
        uint id,
        ReadOnlySpan<byte> fields,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<RawSegment> segments)
    {
        if (segments.IsEmpty)
        {
            return Append(type, flags, number, id, fields, payload, canWait: true);
        }

        flags |= fields.IsEmpty ? FrameFlags.Raw : FrameFlags.Raw | FrameFlags.Fields;
        var length = fields.Length + RawTable.SizeOf(segments.Length) + payload.Length;
        foreach (ref readonly var segment in segments)
        {
            length += segment.Length;
        }

        var header = new FrameHeader((uint)length, type, flags, number, id);
        return _writer.Append(in header, fields, payload, segments);
    }

    /// <summary>
    /// Sends what is queued; raw segments that were queued by this thread at once, so that they are the user's again afterwards.
    /// </summary>
    public void FlushNow()
    {
        _writer.FlushReferences();
        Flush();
    }

    /// <summary>Queues a frame whose content is in two parts; <see cref="Flush"/> sends it. It waits when the queue is full.</summary>
    /// <param name="header">The header; its length is that of both parts together.</param>
    /// <param name="head">The first part, with the header fields, if the flags say that there are any.</param>
    /// <param name="rest">The second part.</param>
    /// <returns>What became of it.</returns>
    public SendOutcome Append(in FrameHeader header, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest) =>
        _writer.Append(in header, head, rest, canWait: true);

    /// <summary>Sends what is queued: now, or, on a read loop's thread, when all that arrived is handled.</summary>
    public void Flush()
    {
        if (!LoopTurn.TryDefer(_writer))
        {
            _writer.Flush();
        }
    }

    /// <summary>Gets whether the send queue has room at this moment. A hint.</summary>
    public bool HasRoom => _writer.HasRoom;

    /// <summary>Waits until the send queue has room.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there is room or the link is closed.</returns>
    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _writer.WaitForRoomAsync(cancellationToken);

    /// <summary>Gets whether a stream may queue a frame at this moment. A hint.</summary>
    public bool HasStreamRoom => _writer.HasStreamRoom;

    /// <summary>Waits until streams may queue frames: until little waits that calls would have to stand behind.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there is room or the link is closed.</returns>
    public Task WaitForStreamRoomAsync(CancellationToken cancellationToken) => _writer.WaitForStreamRoomAsync(cancellationToken);

    /// <summary>Asks the other side for a sign of life.</summary>
    public void Ping()
    {
        _ = Append(FrameType.Ping, DebuggerFlag(), 0, 0, default, default, canWait: false);
        Flush();
    }

    /// <summary>Tells the other side, if a debugger was attached here or taken off since it was told last.</summary>
    public void TellDebugger()
    {
        if (_isDebugged() != _hasToldDebugger)
        {
            Ping();
        }
    }

    /// <summary>Asks the other side for a sign of life and waits for it.</summary>
    /// <returns>Whether it came; false: the link ended before.</returns>
    public async Task<bool> IsAliveAsync()
    {
        var pong = LazyInitializer.EnsureInitialized(
            ref _pong, () => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Ping();
        return await Task.WhenAny(pong.Task, Closed).ConfigureAwait(false) == pong.Task;
    }

    /// <summary>
    /// Leaves the link in order: nothing new is taken, what is under way is finished, then it is closed.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait for what is under way; the link is then closed at once.</param>
    /// <returns>A task that ends when the link is gone.</returns>
    public Task LeaveAsync(Goodbye reason, CancellationToken cancellationToken) => _leaving.LeaveAsync(reason, cancellationToken);

    /// <summary>Says whether a link that is being left can be closed. Called by handlers when their last work has ended.</summary>
    public void CheckIdle() => _leaving.CheckIdle();

    /// <summary>Takes no new calls of this side from now on.</summary>
    public void TakeNoCalls() => _takesCalls = false;

    /// <summary>Sends what is queued, says that nothing follows, and waits a moment for the other side to close.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the link is gone.</returns>
    /// <exception cref="TimeoutException">The other side has not closed.</exception>
    public async Task SendOutAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitUntilSentAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        _duplex.CompleteSending();

        // Closed by the other side, when it has read all: closing with unread bytes would take from it what was sent last.
        await Closed.WaitAsync(LastWords, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the link at once.</summary>
    /// <param name="reason">Why, as the calls under way will see it, unless another reason came first.</param>
    public void Abort(NetException reason)
    {
        _takesCalls = false;
        _ = Interlocked.CompareExchange(ref _reason, reason, comparand: null);
        _duplex.Dispose();
    }

    /// <inheritdoc/>
    public void OnFrame(in Frame frame)
    {
        switch (frame.Header.Type)
        {
            case FrameType.Ping:
                _isRemoteDebugged = (frame.Header.Flags & FrameFlags.Debugger) != 0;
                _ = Append(FrameType.Pong, DebuggerFlag(), 0, frame.Header.Id, default, default, canWait: false);
                Flush();
                break;
            case FrameType.Pong:
                _isRemoteDebugged = (frame.Header.Flags & FrameFlags.Debugger) != 0;
                _ = Interlocked.Exchange(ref _pong, null)?.TrySetResult();
                break;
            case FrameType.Goodbye:
                _leaving.Hear(in frame);
                break;
            case >= FrameType.Hello and <= FrameType.Reject:
                throw new ProtocolException($"A {frame.Header.Type} frame came after the handshake.");
            default:
                // Unknown types are skipped: section 3.
                if ((int)frame.Header.Type < _handlers.Length && _handlers[(int)frame.Header.Type] is { } handler)
                {
                    handler.OnFrame(in frame);
                }

                break;
        }
    }

    /// <inheritdoc/>
    public void OnHeldUp()
    {
        foreach (var handler in _attached)
        {
            handler.OnHeldUp();
        }
    }

    /// <inheritdoc/>
    public void OnEnd(Exception? failure)
    {
        _takesCalls = false;
        _ = Interlocked.CompareExchange(ref _reason, Explain(failure), comparand: null);
        if (failure is ProtocolException violation)
        {
            SayWhy(violation);
        }

        _duplex.Dispose();
        foreach (var handler in _attached)
        {
            handler.OnLost(_reason);
        }

        Log.LinkEnded(_logger, Remote.Id, _reason.Message);
        _leaving.OnEnd();
        _ = _writer.CloseAsync().ContinueWith(
            static (_, state) => ((Link)state!).OnClosed(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private FrameFlags DebuggerFlag()
    {
        var isDebugged = _isDebugged();
        _hasToldDebugger = isDebugged;
        return isDebugged ? FrameFlags.Debugger : FrameFlags.None;
    }

    private void OnClosed()
    {
        CountBytes();
        _closed.SetResult();
    }

    private IFrameHandler Attach(ILinkProtocol protocol)
    {
        var handler = protocol.Attach(this);
        foreach (var type in protocol.FrameTypes)
        {
            _handlers[(int)type] = handler;
        }

        return handler;
    }

    private void SayWhy(ProtocolException violation)
    {
        Log.ProtocolViolated(_logger, Remote.Id, violation.Message);
        var text = Encoding.UTF8.GetBytes(violation.Message);
        _ = Append(FrameType.Goodbye, FrameFlags.None, (ushort)Goodbye.ProtocolError, 0, default, text, canWait: false);
        _writer.Flush();
    }

    /// <summary>
    /// Nothing more can be sent; what has arrived already, a goodbye or answers, is still read before the link ends.
    /// </summary>
    private void OnSendFailed(Exception exception)
    {
        _takesCalls = false;
        _ = _writer.CloseAsync();
        _ = AbortLaterAsync(new NetException(NetError.PeerLost, $"The link to {Remote.Id.ToFriendlyString()} was lost, last heard {LastHeard()}: {exception.Message}", exception));
    }

    private async Task AbortLaterAsync(NetException reason)
    {
        if (reason.InnerException is not ProtocolException)
        {
            await Task.WhenAny(Closed, Task.Delay(LastWords, _time)).ConfigureAwait(false);
        }

        Abort(reason);
    }

    private NetException Explain(Exception? failure) => failure switch
    {
        null => new NetException(NetError.PeerLost, $"{Remote.Id.ToFriendlyString()} closed the link; it was last heard {LastHeard()}."),
        NetException known => known,
        _ => new NetException(
            NetError.PeerLost,
            $"The link to {Remote.Id.ToFriendlyString()}, last heard {LastHeard()}, was lost: {failure.Message}",
            failure),
    };

    private string LastHeard() => Receives != Volatile.Read(ref _heard)
        ? "a moment ago"
        : string.Create(CultureInfo.InvariantCulture, $"{_time.GetElapsedTime(Volatile.Read(ref _heardAt)).TotalSeconds:0.0} s ago");
}
