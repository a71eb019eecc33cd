using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Events;

/// <summary>One event in its handler. Used again for the next event, as a handler runs one at a time.</summary>
internal sealed class HandlerInvocation(HandlerQueue queue, JsonSerializerOptions options, CancellationToken stop) : Invocation
{
    private Delivery _delivery;
    private EventContext? _context;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => stop;

    /// <inheritdoc/>
    public override JsonSerializerOptions SerializerOptions => options;

    /// <summary>Gets the handler's task, or null when it has ended.</summary>
    public Task? Pending { get; private set; }

    /// <inheritdoc/>
    internal override object Context => _context ??= new EventContext(
        _delivery.Inlet.Publisher, queue.EventName, _delivery.Event.Number, _delivery.Missed, _delivery.HasRestarted);

    /// <summary>Gets whether some arguments are given by name.</summary>
    internal bool IsNamed => _delivery.Event.IsNamed;

    /// <summary>Begins with an event.</summary>
    /// <param name="delivery">The event.</param>
    public void Begin(in Delivery delivery)
    {
        _delivery = delivery;
        _context = null;
        Pending = null;
        HasBegun = false;
    }

    /// <inheritdoc/>
    public override void Return()
    {
    }

    /// <inheritdoc/>
    public override void Return<T>(T result, ValueCodec<T> codec)
    {
    }

    /// <inheritdoc/>
    public override void Return(Task task)
    {
        _ = Checked(task, queue.EventName);
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            Pending = task;
        }
    }

    /// <inheritdoc/>
    public override void Return(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            Pending = task.AsTask();
        }
    }

    /// <inheritdoc/>
    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => Return(task);

    /// <inheritdoc/>
    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec)
    {
        if (task.IsCompleted)
        {
            _ = task.GetAwaiter().GetResult();
        }
        else
        {
            Pending = task.AsTask();
        }
    }
}
