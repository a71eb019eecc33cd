using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using AppNet.Connections;
using AppNet.Diagnostics;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>
/// A subscription's handler and the events that wait for it, of all publishers: it runs for one at a time, and takes turns between the
/// publishers. Away from the read loops, so that whatever a handler does holds up its own queue and nothing else.
/// </summary>
internal sealed class HandlerQueue : IThreadPoolWorkItem, IDisposable
{
    // After so many events others that wait for a thread come first.
    private const int MaxEventsPerRun = 256;

    private readonly EventHub _hub;
    private readonly ConnectionDefinition _handler;
    private readonly HandlerInvocation _invocation;
    [SuppressMessage("Usage", "CA2213", Justification = "It holds no timer, and others use its token after the end.")]
    private readonly CancellationTokenSource _stop = new();

    // Guarded by Gate. The publishers that have an event waiting.
    private readonly Queue<Intake> _ready = [];

    // Guarded by Gate. Whether a run is due or under way.
    private bool _isRunning;

    // Guarded by Gate.
    private bool _isClosed;

    // Guarded by Gate.
    private long _missed;

    // Owned by the run, read by any thread: ended and begun handlings.
    private long _handled;
    private long _failed;
    private volatile Inlet? _current;
    private long _currentNumber;

    // Owned by the hub's timer.
    private long _handledAtLastLook = -1;
    private bool _hasReportedHang;

    /// <summary>Makes the queue of a handler.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">The handler.</param>
    public HandlerQueue(EventHub hub, string eventName, ConnectionDefinition handler)
    {
        _hub = hub;
        _handler = handler;
        EventName = eventName;
        _invocation = new HandlerInvocation(this, hub.Options.SerializerOptions, _stop.Token);
    }

    /// <summary>Gets the lock that guards what waits: of the queue, its intakes and their inlets.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Gets the event's name.</summary>
    public string EventName { get; }

    /// <summary>Gets how many events were handled without failure.</summary>
    public long Handled => Volatile.Read(ref _handled) - Volatile.Read(ref _failed);

    /// <summary>Gets how many events failed in the handler, or did not fit it.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Gets how many events were missed.</summary>
    public long Missed
    {
        get
        {
            lock (Gate)
            {
                return _missed;
            }
        }
    }

    /// <summary>Adds an event. On the read loop.</summary>
    /// <param name="inlet">How it came.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="cost">What it takes of the credit.</param>
    /// <param name="trailingDefaults">How many of the last arguments are at their default.</param>
    public void Receive(Inlet inlet, in Frame frame, int cost, byte trailingDefaults)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(frame.Payload);
        var arguments = frame.Payload[sizeof(long)..];
        var copy = arguments.IsEmpty ? [] : ArrayPool<byte>.Shared.Rent(arguments.Length);
        arguments.CopyTo(copy);
        var isNamed = (frame.Header.Flags & FrameFlags.Named) != 0;
        var item = new ReceivedEvent(number, copy, arguments.Length, cost, isNamed, trailingDefaults);
        lock (Gate)
        {
            if (_isClosed || inlet.IsOver)
            {
                Release(in item);
                return;
            }

            inlet.Waiting.Enqueue(item);
            if (!MakeReadyLocked(inlet.Intake))
            {
                return;
            }
        }

        Schedule();
    }

    /// <summary>Looks again whether an intake has events, as one of its inlets is over.</summary>
    /// <param name="intake">The intake.</param>
    public void LookAgain(Intake intake)
    {
        lock (Gate)
        {
            if (!MakeReadyLocked(intake))
            {
                return;
            }
        }

        Schedule();
    }

    /// <summary>Counts events that were missed. With the lock held.</summary>
    /// <param name="count">How many.</param>
    public void CountMissedLocked(long count) => _missed += count;

    /// <inheritdoc/>
    public void Execute()
    {
        for (var i = 0; i < MaxEventsPerRun; i++)
        {
            Delivery delivery;
            lock (Gate)
            {
                if (!TryTakeLocked(out delivery))
                {
                    _isRunning = false;
                    return;
                }
            }

            if (!Handle(in delivery))
            {
                return;
            }
        }

        Schedule();
    }

    /// <summary>Reports a handler that has been busy with one event since the last look. Called by the hub's timer.</summary>
    /// <param name="interval">The time between two looks.</param>
    public void Look(TimeSpan interval)
    {
        var handled = Volatile.Read(ref _handled);
        if (_current is not { } current)
        {
            _handledAtLastLook = -1;
        }
        else if (handled != _handledAtLastLook)
        {
            _handledAtLastLook = handled;
            _hasReportedHang = false;
        }
        else if (!_hasReportedHang)
        {
            _hasReportedHang = true;
            Log.HandlerHangs(_hub.Logger, EventName, Volatile.Read(ref _currentNumber), current.Link.Remote.Id, interval.TotalSeconds);
        }
    }

    /// <summary>Hands out no more events. The one that is being handled is told by its token.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _ready.Clear();
        }

        // What the handler has registered runs on the pool, as this may be called by the handler itself.
        _ = _stop.CancelAsync();
    }

    private static void Release(in ReceivedEvent item)
    {
        if (item.Payload.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(item.Payload);
        }
    }

    private bool MakeReadyLocked(Intake intake)
    {
        if (_isClosed || intake.IsReady || !intake.HasEventLocked())
        {
            return false;
        }

        intake.IsReady = true;
        _ready.Enqueue(intake);
        var starts = !_isRunning;
        _isRunning = true;
        return starts;
    }

    private bool TryTakeLocked(out Delivery delivery)
    {
        while (_ready.TryDequeue(out var intake))
        {
            intake.IsReady = intake.TryTakeLocked(out delivery);
            if (!intake.IsReady)
            {
                continue;
            }

            intake.IsReady = intake.HasEventLocked();
            if (intake.IsReady)
            {
                _ready.Enqueue(intake);
            }

            return true;
        }

        delivery = default;
        return false;
    }

    private void Schedule()
    {
        _hub.Options.Threads.Queue.Add(this);
        _hub.Options.Threads.Watch.Wake();
    }

    /// <summary>Runs the handler for an event. Never throws.</summary>
    /// <returns>False when it goes on elsewhere; its end schedules the next run.</returns>
    private bool Handle(in Delivery delivery)
    {
        if (delivery.IsDuplicate)
        {
            Release(delivery.Event);
            delivery.Inlet.Consume(delivery.Event.Cost);
            return true;
        }

        Volatile.Write(ref _currentNumber, delivery.Event.Number);
        _current = delivery.Inlet;
        Log.EventHandled(_hub.Logger, EventName, delivery.Event.Number, delivery.Inlet.Link.Remote.Id);
        _invocation.Begin(in delivery);
        var failure = Invoke(in delivery);
        Release(delivery.Event);
        if (failure is null && _invocation.Pending is { } task)
        {
            // Ends in the next run whatever happens: nothing is left to observe.
            _ = AwaitAsync(task, delivery);
            return false;
        }

        Finish(in delivery, failure);
        return true;
    }

    private Exception? Invoke(in Delivery delivery)
    {
        // Undoes what the handler before has left.
        ExecutionContext.Restore(_hub.Options.Context);
        try
        {
            var arguments = new ArgumentReader(
                delivery.Event.Payload.AsSpan(0, delivery.Event.Length),
                delivery.Event.IsNamed,
                delivery.Event.TrailingDefaults,
                _handler,
                _hub.Options.SerializerOptions);
            _handler.Invoke(ref arguments, _invocation);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            if (SynchronizationContext.Current is not null)
            {
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }
    }

    private async Task AwaitAsync(Task task, Delivery delivery)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Finish(in delivery, task.IsCanceled ? new OperationCanceledException() : task.Exception?.InnerException);
        Schedule();
    }

    private void Finish(in Delivery delivery, Exception? failure)
    {
        _current = null;
        Volatile.Write(ref _handled, _handled + 1);
        if (failure is null)
        {
            Telemetry.Add(Telemetry.EventsDelivered, 1, Telemetry.Event(EventName));
        }
        else
        {
            Report(in delivery, failure);
        }

        delivery.Inlet.Consume(delivery.Event.Cost);
    }

    private void Report(in Delivery delivery, Exception failure)
    {
        if (failure is OperationCanceledException && _stop.IsCancellationRequested)
        {
            return;
        }

        Volatile.Write(ref _failed, _failed + 1);
        Telemetry.Add(Telemetry.EventsFailed, 1, Telemetry.Event(EventName));
        var publisher = delivery.Inlet.Link.Remote.Id;
        if (_invocation.HasBegun)
        {
            Log.HandlerFailed(_hub.Logger, failure, EventName, delivery.Event.Number, publisher);
        }
        else
        {
            Log.EventMisfit(_hub.Logger, EventName, delivery.Event.Number, publisher, failure.Message);
            delivery.Inlet.Misfit(delivery.Event.Number, failure.Message);
        }
    }
}
