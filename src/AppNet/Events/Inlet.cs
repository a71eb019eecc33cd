using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>
/// A subscription over one link, at the subscriber: the events that have come and wait for their handler, and the credit for more.
/// </summary>
internal sealed class Inlet
{
    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<InletEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The bytes that may still come. Below 0 by at most one event.
    private long _credit = EventLimits.Credit;

    // Owned by the subscription's run: bytes handled and not yet given back.
    private int _consumed;

    // Owned by the subscription's run: events that fitted no handler and that the publisher was not told of.
    private uint _misfits;

    // Owned by the subscription's run.
    private bool _hasToldMisfit;

    /// <summary>Makes an inlet.</summary>
    /// <param name="intake">Whose events it takes.</param>
    /// <param name="link">The link.</param>
    /// <param name="id">The subscription's number on the link.</param>
    public Inlet(Intake intake, Link link, uint id)
    {
        Intake = intake;
        Link = link;
        Id = id;
    }

    /// <summary>Gets whose events it takes.</summary>
    public Intake Intake { get; }

    /// <summary>Gets a handle to the publisher.</summary>
    public Peer Publisher => Link.Remote is var info && ReferenceEquals(field?.Info, info) ? field! : field = new Peer(Intake.Peer.Source, info.Id, info);

    /// <summary>Gets the link.</summary>
    public Link Link { get; }

    /// <summary>Gets the subscription's number on the link.</summary>
    public uint Id { get; }

    /// <summary>Gets the events that wait. Guarded by the subscription's lock.</summary>
    public Queue<ReceivedEvent> Waiting { get; } = [];

    /// <summary>Gets or sets the number of the last event before the first, until it is taken note of. Guarded by the subscription's lock.</summary>
    public long? StartsAfter { get; set; }

    /// <summary>Gets or sets whether no event comes any more. Guarded by the subscription's lock.</summary>
    public bool IsOver { get; set; }

    /// <summary>Gets a task that ends when the publisher has answered: whether the subscription stands.</summary>
    public Task<bool> Begun => _begun.Task;

    /// <summary>Gets a task that ends when no more is to be expected over this link.</summary>
    public Task<InletEnd> Ended => _ended.Task;

    /// <summary>Gets a task that ends when it is over and its last event was handed out.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Gets why it was ended, for people.</summary>
    public string Reason { get; private set; } = string.Empty;

    /// <summary>Takes note that it stands.</summary>
    public void Begin() => _begun.TrySetResult(true);

    /// <summary>Takes note that it ends. The first reason stays.</summary>
    /// <param name="end">How.</param>
    /// <param name="reason">Why, for people.</param>
    public void End(InletEnd end, string reason)
    {
        if (!_ended.Task.IsCompleted)
        {
            Reason = reason;
        }

        _ = _ended.TrySetResult(end);
        if (end != InletEnd.Moving)
        {
            _ = _begun.TrySetResult(false);
        }
    }

    /// <summary>Takes note that it is over and its last event was handed out.</summary>
    public void Drain() => _drained.TrySetResult();

    /// <summary>Takes credit for an event that has come.</summary>
    /// <param name="cost">What it takes.</param>
    /// <exception cref="ProtocolException">There was none.</exception>
    public void Charge(int cost)
    {
        if (Interlocked.Add(ref _credit, -cost) + cost <= 0)
        {
            throw new ProtocolException($"An event of subscription {Id} came without credit.");
        }
    }

    /// <summary>Gives credit back for an event that is handled. Called by the subscription's run.</summary>
    /// <param name="cost">What it took.</param>
    public void Consume(int cost)
    {
        _consumed += cost;
        if (_consumed < EventLimits.Credit / 2)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)_consumed);
        _ = Interlocked.Add(ref _credit, _consumed);
        _consumed = 0;
        _ = Link.Append(FrameType.Grant, FrameFlags.None, 0, Id, default, bytes, canWait: false);
        if (_misfits > 0)
        {
            TellMisfits(0, string.Empty);
        }

        Link.Flush();
    }

    /// <summary>Counts an event that fits no handler; the publisher is told of the first at once, of later ones now and then.</summary>
    /// <param name="number">The event's number.</param>
    /// <param name="reason">What does not fit.</param>
    public void Misfit(long number, string reason)
    {
        _misfits++;
        if (!_hasToldMisfit)
        {
            _hasToldMisfit = true;
            TellMisfits(number, reason);
            Link.Flush();
        }
    }

    /// <summary>Tells the publisher that no more is wanted.</summary>
    /// <param name="finishFirst">Whether what waits over there is still wanted.</param>
    [SuppressMessage("Usage", "MA0099", Justification = "The number is a yes or no here.")]
    public void Unsubscribe(bool finishFirst)
    {
        _ = Link.Append(FrameType.Unsubscribe, FrameFlags.None, finishFirst ? (ushort)1 : (ushort)0, Id, default, default, canWait: false);
        Link.Flush();
    }

    private void TellMisfits(long number, string reason)
    {
        Span<byte> payload = stackalloc byte[sizeof(uint) + sizeof(long) + EventLimits.NoticeText];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, _misfits);
        BinaryPrimitives.WriteInt64LittleEndian(payload[sizeof(uint)..], number);
        var text = EventText.Write(reason, payload[(sizeof(uint) + sizeof(long))..]);
        _misfits = 0;
        _ = Link.Append(
            FrameType.Notice, FrameFlags.None, (ushort)NoticeCode.Misfit, Id, default, payload[..(sizeof(uint) + sizeof(long) + text)], canWait: false);
    }
}
