using System.Diagnostics.CodeAnalysis;
using AppNet.Connections;
using AppNet.Events;

namespace AppNet;

/// <summary>An event of one argument, for those who do without the generator. Made once and kept. Safe for use from many threads.</summary>
/// <typeparam name="T">The type of the argument.</typeparam>
public sealed class Event<T>
{
    private readonly Func<IEventRaiser> _raiser;
    private readonly ValueDefinition _definition;

    internal Event(string name, EventQueueFull whenFull, Func<IEventRaiser> raiser)
    {
        _definition = new ValueDefinition(name, whenFull);
        _raiser = raiser;
    }

    /// <summary>Gets the event's name.</summary>
    public string Name => _definition.Name;

    /// <summary>Publishes the event to every peer that has subscribed.</summary>
    /// <param name="value">The argument.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    /// <exception cref="NetException">The argument can't be serialized, or is too large.</exception>
    [SuppressMessage("Design", "CA1030:Use events where appropriate", Justification = "These events leave the process.")]
    public Task RaiseAsync(T value) => _raiser().RaiseAsync(_definition, new ValueTuple<T>(value));

    private sealed class ValueDefinition(string name, EventQueueFull whenFull)
        : EventDefinition<ValueTuple<T>>(name, [new ConnectionParameter("value", typeof(T))], whenFull)
    {
        private readonly ValueCodec<T> _codec = KnownCodecs.Of<T>();

        public override void WriteArguments(ref ArgumentWriter writer, in ValueTuple<T> arguments) =>
            writer.Write(_codec, arguments.Item1);
    }
}
