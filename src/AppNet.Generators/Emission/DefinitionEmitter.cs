using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the class that describes a function to the library: its parameters, codecs and invokers.</summary>
internal static class DefinitionEmitter
{
    private const string Space = "global::AppNet.Connections.";

    /// <summary>Writes one definition.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="function">The function.</param>
    public static void Emit(SourceWriter writer, FunctionModel function)
    {
        writer.Open(
            $"internal sealed class {function.DefinitionClass} : {Space}ConnectionDefinition<{function.ArgumentsType}, {function.ResultType}>");
        WriteFields(writer, function);
        writer.Line();
        WriteConstructor(writer, function);
        writer.Line();
        WriteProperties(writer, function);
        writer.Line();
        ArgumentsEmitter.WriteArguments(writer, function.Carried);
        writer.Line();
        WriteInvoke(writer, function);
        writer.Line();
        WriteInvokeLocally(writer, function);
        CallbackEmitter.Emit(writer, function);
        writer.Close();
    }

    private static void WriteFields(SourceWriter writer, FunctionModel function)
    {
        ArgumentsEmitter.WriteCodecs(writer, function.Carried);
        string result = function.Result.Value?.Codec ?? Space + "ValueCodecs.NoResult";
        writer.Line($"private static readonly {Space}ValueCodec<{function.ResultType}> CodecOfResult = {result};");
        writer.Line();
        writer.Line($"internal static readonly {function.DefinitionClass} Instance = new({(function.Target is null ? string.Empty : "null")});");
        if (function.Target is not null)
        {
            writer.Line();
            writer.Line($"private readonly {function.Target}? _target;");
        }
    }

    private static void WriteConstructor(SourceWriter writer, FunctionModel function)
    {
        string result = function.Result.Value?.TypeOf ?? "void";
        writer.Line(function.Target is null
            ? $"private {function.DefinitionClass}()"
            : $"internal {function.DefinitionClass}({function.Target}? target)");
        writer.Line(
            $"    : base({Literals.Text(function.Tag)}, {Literals.Text(function.Name)}, "
            + $"{ArgumentsEmitter.Description(function.Carried)}, typeof({result}))");
        writer.Line("{");
        if (function.Target is not null)
        {
            writer.Line("    _target = target;");
        }

        writer.Line("}");
    }

    private static void WriteProperties(SourceWriter writer, FunctionModel function)
    {
        writer.Line($"public override {Space}ValueCodec<{function.ResultType}> ResultCodec => CodecOfResult;");
        if (function.Documentation.Summary is { } summary)
        {
            writer.Line();
            writer.Line($"public override string? Summary => {Literals.Text(summary)};");
        }

        if (!function.IsStub
            && function.Parameters.Any(
                p => p.Kind is ParameterKind.Token or ParameterKind.Context or ParameterKind.EventContext || p.Value.IsCallback))
        {
            writer.Line();
            writer.Line("public override bool IsCancellable => true;");
        }

        if (function.IsStub || function.Target is not null)
        {
            writer.Line();
            writer.Line($"public override bool IsImplemented => {(function.IsStub ? "false" : "_target is not null")};");
        }

        if (function.Groups is { Count: > 0 } groups)
        {
            writer.Line();
            writer.Line(
                "public override global::System.Collections.Generic.IReadOnlyList<string> Groups { get; } = "
                + $"new string[] {{ {string.Join(", ", groups.Select(Literals.Text).ToArray())} }};");
        }
    }

    private static void WriteInvoke(SourceWriter writer, FunctionModel function)
    {
        WriteLeave(writer, function);
        writer.Open(
            $"public override void Invoke(ref {Space}ArgumentReader arguments, {Space}Invocation invocation)");
        if (function.IsStub)
        {
            WriteRefusal(writer, function);
            return;
        }

        for (int index = 0; index < function.Carried.Count; index++)
        {
            ParameterModel parameter = function.Carried[index];
            string type = parameter.Value.Type;
            writer.Line(parameter.TypedDefault is null
                ? $"{type} argument{index} = arguments.Read<{type}>(Codec{index});"
                : $"{type} argument{index} = arguments.ReadOptional<{type}>(Codec{index}, {parameter.TypedDefault});");
        }

        writer.Line("invocation.Begin(ref arguments);");
        WriteRun(writer, function, index => $"argument{index}");
        writer.Close();
    }

    private static void WriteInvokeLocally(SourceWriter writer, FunctionModel function)
    {
        WriteLeave(writer, function);
        writer.Open(
            $"public override void InvokeLocally(in {function.ArgumentsType} arguments, {Space}Invocation invocation)");
        if (function.IsStub)
        {
            WriteRefusal(writer, function);
            return;
        }

        WriteRun(writer, function, index => $"arguments.Item{index + 1}");
        writer.Close();
    }

    // The only code that may call a method whose use is an error is code that is obsolete itself.
    private static void WriteLeave(SourceWriter writer, FunctionModel function)
    {
        if (function.Attributes.Count > 0)
        {
            writer.Line("[global::System.Obsolete]");
        }
    }

    private static void WriteRefusal(SourceWriter writer, FunctionModel function)
    {
        string message = Literals.Text($"Only other peers have '{function.Tag}': here it is a stub.");
        writer.Line($"throw new global::System.NotSupportedException({message});");
        writer.Close();
    }

    private static void WriteRun(SourceWriter writer, FunctionModel function, Func<int, string> argument)
    {
        string call = $"{function.Callee}.{function.Method}({Arguments(function, argument)})";
        if (function.Result.Value is { } value)
        {
            writer.Line($"invocation.Return<{value.Type}>({call}, CodecOfResult);");
        }
        else if (function.Result.Kind == ResultKind.Direct)
        {
            writer.Line(call + ";");
            writer.Line("invocation.Return();");
        }
        else
        {
            // A value in a ValueTask is dropped only by way of the task without one.
            writer.Line(function.Result.IsDropped && function.Result.Kind == ResultKind.ValueTask
                ? $"invocation.Return({call}.AsTask());"
                : $"invocation.Return({call});");
        }
    }

    private static string Arguments(FunctionModel function, Func<int, string> argument)
    {
        int carried = 0;
        return string.Join(", ", function.Parameters.Select(parameter => parameter.Kind switch
        {
            ParameterKind.Token => "invocation.CancellationToken",
            ParameterKind.Context => "global::AppNet.CallContext.Of(invocation)",
            ParameterKind.EventContext => "global::AppNet.EventContext.Of(invocation)",
            _ => argument(carried++),
        }).ToArray());
    }
}
