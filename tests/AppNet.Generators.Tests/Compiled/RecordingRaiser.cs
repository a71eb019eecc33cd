using AppNet.Events;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Keeps what generated bodies raise.</summary>
internal sealed class RecordingRaiser : IEventRaiser
{
    public object? Event { get; private set; }

    public object? Arguments { get; private set; }

    public EventQueueFull WhenFull { get; private set; }

    /// <summary>Raises by what <paramref name="raise"/> calls, and returns what was raised.</summary>
    public static async Task<RecordingRaiser> OfAsync(Func<Task> raise)
    {
        var recorder = new RecordingRaiser();
        Func<IEventRaiser> before = GeneratedEvent.CurrentRaiser;
        GeneratedEvent.CurrentRaiser = () => recorder;
        try
        {
            await raise();
        }
        finally
        {
            GeneratedEvent.CurrentRaiser = before;
        }

        return recorder;
    }

    public Task RaiseAsync<TArguments>(EventDefinition<TArguments> definition, TArguments arguments)
        where TArguments : struct
    {
        (Event, Arguments, WhenFull) = (definition, arguments, definition.WhenFull);
        return Task.CompletedTask;
    }

    public Task RaiseAsync(string name, EventQueueFull whenFull, EventArguments arguments)
    {
        (Event, Arguments, WhenFull) = (name, arguments, whenFull);
        return Task.CompletedTask;
    }
}
