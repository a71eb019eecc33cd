using System.Text.Json;
using AppNet.Connections;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// The streams of one call, as one side has them. They end with the call: with its error, with its answer unless that opens a stream,
/// and with the end of that stream. docs/protocol.md, section 9. Safe for use from many threads.
/// </summary>
internal sealed class CallStreams : ICallStreams
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<int, IncomingStream> _incoming = [];

    // Guarded by _gate.
    private readonly Dictionary<int, IOutgoingStream> _outgoing = [];

    // Guarded by _gate. At the caller: who is told of progress.
    private readonly List<Func<Task>> _listeners = [];

    // Guarded by _gate. Numbers of streams that somebody reads or reports to.
    private readonly HashSet<int> _taken = [];

    // Guarded by _gate. How many parameters are streams.
    private int _count;

    // Guarded by _gate.
    private bool _hasEnded;

    private OutgoingStream? _result;
    private Task _listening = Task.CompletedTask;

    /// <summary>Makes the streams of a call.</summary>
    /// <param name="streams">The streams of the link.</param>
    /// <param name="isOurs">Whether this side calls.</param>
    /// <param name="count">At the callee: how many parameters are streams.</param>
    public CallStreams(LinkStreams streams, bool isOurs, int count = 0)
    {
        Streams = streams;
        IsOurs = isOurs;
        _count = count;
    }

    /// <summary>Gets or sets the call's number. Set once, before the call is known to others.</summary>
    public uint Id { get; set; }

    /// <summary>Gets or sets the function, for messages.</summary>
    public string Tag { get; set; } = "";

    /// <summary>Gets whether this side calls.</summary>
    public bool IsOurs { get; }

    /// <summary>Gets the streams of the link.</summary>
    public LinkStreams Streams { get; }

    /// <summary>Gets the link.</summary>
    public Link Link => Streams.Link;

    /// <summary>Gets how many parameters are streams.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Gets the flag that says whose call it is, in frames that this side sends.</summary>
    public FrameFlags Side => IsOurs ? FrameFlags.None : FrameFlags.Theirs;

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public JsonSerializerOptions SerializerOptions => Streams.Protocol.Options.SerializerOptions;

    /// <summary>Gets the longest payload of one frame.</summary>
    public int MaxPayload => Math.Min(Streams.Protocol.Options.MaxMessageBytes, Link.RemoteLimits.Frame);

    /// <summary>Gets or sets what makes an error of what a producer threw.</summary>
    public Func<Exception, NetException> Classify { get; set; } = static exception => new FunctionFailure(exception);

    /// <inheritdoc/>
    public int Send<T>(IAsyncEnumerable<T> items, ValueCodec<T> codec) => AddOutgoing(number => new OutgoingItems<T>(this, number, items, codec));

    /// <inheritdoc/>
    public int Send(Stream bytes) => AddOutgoing(number => new OutgoingBytes(this, number, bytes, ownsStream: false));

    /// <inheritdoc/>
    public int Listen<T>(IProgress<T> progress, ValueCodec<T> codec)
    {
        lock (_gate)
        {
            var stream = new IncomingStream(this, NextLocked()) { IsProgress = true };
            _incoming.Add(stream.Number, stream);
            _listeners.Add(() => TellAsync(new IncomingItems<T>(stream, codec), progress));
            return stream.Number;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<T> ReceiveAsync<T>(int number, ValueCodec<T> codec) => new IncomingItems<T>(Take(number), codec);

    /// <inheritdoc/>
    public Stream Receive(int number) => new IncomingBytes(Take(number));

    /// <inheritdoc/>
    public IProgress<T> Report<T>(int number, ValueCodec<T> codec)
    {
        var reports = new ProgressReports<T>(this, number, codec);
        lock (_gate)
        {
            TakeLocked(number);
            if (_hasEnded)
            {
                reports.Stop();
            }
            else
            {
                _outgoing.Add(number, reports);
            }
        }

        return reports;
    }

    /// <inheritdoc/>
    public void Return<T>(IAsyncEnumerable<T> items, ValueCodec<T> codec) => SetResult(new OutgoingItems<T>(this, 0, items, codec));

    /// <inheritdoc/>
    public void Return(Stream bytes) => SetResult(new OutgoingBytes(this, 0, bytes, ownsStream: true));

    /// <inheritdoc/>
    public void Drop()
    {
        if (FindIncoming(0) is { } result)
        {
            Abandon(result, reason: null);
        }
    }

    /// <summary>At the caller: makes ready for the items of the result. On the read loop, before the next frame.</summary>
    public void OpenResult()
    {
        lock (_gate)
        {
            _incoming[0] = new IncomingStream(this, 0);
        }
    }

    /// <summary>At the caller: begins to send the parameters and to listen for progress. The call is queued.</summary>
    public void Start()
    {
        List<OutgoingStream> senders;
        List<Func<Task>> listeners;
        lock (_gate)
        {
            senders = [.. _outgoing.Values.OfType<OutgoingStream>()];
            listeners = [.. _listeners];
        }

        foreach (var sender in senders)
        {
            _ = sender.StartAsync();
        }

        if (listeners.Count > 0)
        {
            // Off the caller's thread: what it reports to may want that one.
            _listening = Task.WhenAll(listeners.Select(listen => Task.Run(listen)));
        }
    }

    /// <summary>At the caller: waits until all reports of progress were handed over. The call has ended.</summary>
    /// <returns>A task that ends then, or fails with what the caller's own code threw.</returns>
    public Task ListenToEndAsync() => _listening;

    /// <summary>At the callee: sends the result. The answer that opens it is queued.</summary>
    /// <returns>A task that ends when the producer has, with the error that the caller is told; it never fails.</returns>
    public Task<NetException?> SendResultAsync() => _result!.StartAsync();

    /// <summary>At the callee: sends the last report of progress. The answer follows.</summary>
    public void EndProgress()
    {
        List<IProgressReports> reports;
        lock (_gate)
        {
            reports = [.. _outgoing.Values.OfType<IProgressReports>()];
        }

        foreach (var progress in reports)
        {
            progress.End();
        }
    }

    /// <summary>Finds a stream that comes in.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The stream, or null when there is none.</returns>
    public IncomingStream? FindIncoming(int number)
    {
        lock (_gate)
        {
            return _hasEnded ? null : FindLocked(number);
        }
    }

    /// <summary>Finds a stream that goes out.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The stream, or null when there is none.</returns>
    public IOutgoingStream? FindOutgoing(int number)
    {
        lock (_gate)
        {
            return _outgoing.GetValueOrDefault(number);
        }
    }

    /// <summary>The other side has ended a stream. On the read loop.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="failure">Why; null: in order.</param>
    public void OnEnd(int number, Exception? failure)
    {
        FindIncoming(number)?.Complete(failure);
        if (IsOurs && number == 0)
        {
            End(reason: null);
        }
    }

    /// <summary>The reader of a stream wants no more of it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="reason">What the reader is told.</param>
    public void Abandon(IncomingStream stream, Exception? reason)
    {
        if (!stream.Abandon(reason))
        {
            return;
        }

        _ = Link.Append(FrameType.Stop, Side, (ushort)stream.Number, Id, default, default, canWait: false);
        Link.Flush();
        if (IsOurs && stream.Number == 0)
        {
            End(reason);
        }
    }

    /// <summary>The call is over, or lost: all its streams end.</summary>
    /// <param name="reason">Why, as their readers see it; null: in order.</param>
    public void End(Exception? reason)
    {
        List<IncomingStream> incoming;
        List<IOutgoingStream> outgoing;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            incoming = [.. _incoming.Values];
            outgoing = [.. _outgoing.Values];
        }

        foreach (var stream in incoming)
        {
            // At the caller what is left in order is progress; at the callee it is what the function has not read.
            stream.Complete(reason ?? (IsOurs ? null : new InvalidOperationException($"The stream has ended with its call of '{Tag}'.")));
        }

        foreach (var stream in outgoing)
        {
            stream.Stop();
        }

        Streams.Remove(this);
    }

    /// <summary>At the callee: the caller wants nothing more.</summary>
    public void Cancel()
    {
        List<IncomingStream> incoming;
        List<IOutgoingStream> outgoing;
        lock (_gate)
        {
            incoming = [.. _incoming.Values];
            outgoing = [.. _outgoing.Values];
        }

        foreach (var stream in incoming)
        {
            _ = stream.Abandon(new OperationCanceledException($"The call of '{Tag}' was cancelled."));
        }

        foreach (var stream in outgoing)
        {
            stream.Stop();
        }
    }

    /// <summary>Grants more of a stream.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="bytes">How much.</param>
    public void SendCredit(int number, int bytes) => Streams.SendCredit(Side, (ushort)number, Id, bytes);

    /// <summary>Says that a stream of this side has ended.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="failure">Why; null: in order.</param>
    public void SendEnd(ushort number, NetException? failure) => Streams.SendEnd(Side, number, Id, failure);

    private static async Task TellAsync<T>(IncomingItems<T> reports, IProgress<T> progress)
    {
        await foreach (var report in ((IAsyncEnumerable<T>)reports).ConfigureAwait(false))
        {
            progress.Report(report);
        }
    }

    private int AddOutgoing(Func<int, OutgoingStream> make)
    {
        lock (_gate)
        {
            var number = NextLocked();
            _outgoing.Add(number, make(number));
            return number;
        }
    }

    private void SetResult(OutgoingStream result)
    {
        _result = result;
        lock (_gate)
        {
            _outgoing[0] = result;
        }
    }

    private int NextLocked() => _count < byte.MaxValue
        ? ++_count
        : throw new InvalidOperationException($"A call has at most {byte.MaxValue} streams among its arguments.");

    private IncomingStream Take(int number)
    {
        lock (_gate)
        {
            TakeLocked(number);
            var stream = FindLocked(number) ?? throw new JsonException($"The call has no stream {number}.");
            if (_hasEnded)
            {
                stream.Complete(new OperationCanceledException($"The call of '{Tag}' has ended."));
            }

            return stream;
        }
    }

    private void TakeLocked(int number)
    {
        if (number > _count || !_taken.Add(number))
        {
            throw new JsonException($"Stream {number} is none of the call, or is used twice.");
        }
    }

    private IncomingStream? FindLocked(int number)
    {
        if (_incoming.TryGetValue(number, out var stream))
        {
            return stream;
        }

        // Items may come before the function has asked for them.
        return IsOurs || number == 0 || number > _count || _outgoing.ContainsKey(number)
            ? null
            : _incoming[number] = new IncomingStream(this, number);
    }
}
