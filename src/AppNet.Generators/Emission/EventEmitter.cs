using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes what raises an event.</summary>
internal static class EventEmitter
{
    private const string Raise = "global::AppNet.Events.GeneratedEvent.RaiseAsync";

    /// <summary>
    /// Writes the class that describes the event to the library. It stands in the type that declares the event, so that it can name
    /// every type that the event can.
    /// </summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="raised">The event. One with a fault has no definition, nor has one with a hook, which yields arguments of any type.</param>
    public static void WriteDefinition(SourceWriter writer, EventModel? raised)
    {
        if (raised is not { Hook: null })
        {
            return;
        }

        writer.Line(SourceWriter.Hidden);
        writer.Open(
            $"private sealed class {raised.ClassName} : global::AppNet.Events.EventDefinition<{ParameterModel.TupleOf(raised.Parameters)}>");
        ArgumentsEmitter.WriteCodecs(writer, raised.Parameters);
        if (raised.Parameters.Count > 0)
        {
            writer.Line();
        }

        writer.Line($"internal static readonly {raised.ClassName} Instance = new();");
        writer.Line();
        writer.Line($"private {raised.ClassName}()");
        writer.Line(
            $"    : base({Literals.Text(raised.Name)}, {ArgumentsEmitter.Description(raised.Parameters)}, {raised.WhenFull})");
        writer.Line("{");
        writer.Line("}");
        writer.Line();
        ArgumentsEmitter.WriteArguments(writer, raised.Parameters);
        writer.Close();
        writer.Line();
    }

    /// <summary>Writes the statement that raises it.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="raised">The event.</param>
    public static void WriteBody(SourceWriter writer, EventModel raised)
    {
        string call = raised.Hook is { } hook
            ? $"{Raise}({Literals.Text(raised.Name)}, {raised.WhenFull}, {hook.Method}({HookArguments(raised, hook)}))"
            : $"{Raise}<{ParameterModel.TupleOf(raised.Parameters)}>({raised.ClassName}.Instance, {ArgumentsEmitter.Tuple(raised.Parameters)})";
        writer.Line(raised.Result.Kind == ResultKind.ValueTask
            ? $"return new global::System.Threading.Tasks.ValueTask({call});"
            : $"return {call};");
    }

    private static string HookArguments(EventModel raised, HookModel hook)
    {
        string arguments = string.Join(", ", raised.Parameters.Select(parameter => parameter.Identifier));
        return hook.TakesArguments ? $"new global::AppNet.EventArguments() {{ {arguments} }}" : arguments;
    }
}
