using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes what functions and events have in common: how their arguments are described, gathered and written.</summary>
internal static class ArgumentsEmitter
{
    private const string Space = "global::AppNet.Connections.";

    /// <summary>Writes the fields that hold the codecs.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="carried">The parameters that the wire carries.</param>
    public static void WriteCodecs(SourceWriter writer, IReadOnlyList<ParameterModel> carried)
    {
        for (int index = 0; index < carried.Count; index++)
        {
            ValueModel value = carried[index].Value;
            writer.Line($"private static readonly {Space}ValueCodec<{value.Type}> Codec{index} = {value.Codec};");
        }
    }

    /// <summary>Writes the method that writes the arguments.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="carried">The parameters that the wire carries.</param>
    public static void WriteArguments(SourceWriter writer, IReadOnlyList<ParameterModel> carried)
    {
        writer.Open($"public override void WriteArguments(ref {Space}ArgumentWriter writer, in {ParameterModel.TupleOf(carried)} arguments)");
        for (int index = 0; index < carried.Count; index++)
        {
            ParameterModel parameter = carried[index];
            string value = $"Codec{index}, arguments.Item{index + 1}";
            writer.Line(parameter.TypedDefault is null
                ? $"writer.Write<{parameter.Value.Type}>({value});"
                : $"writer.WriteOptional<{parameter.Value.Type}>({value}, {parameter.TypedDefault});");
        }

        writer.Close();
    }

    /// <summary>Returns the expression that describes the parameters.</summary>
    /// <param name="carried">The parameters that the wire carries.</param>
    /// <returns>The expression.</returns>
    public static string Description(IReadOnlyList<ParameterModel> carried) =>
        $"new {Space}ConnectionParameter[] {{ {string.Join(", ", carried.Select(Parameter))} }}";

    /// <summary>Returns the expression that gathers the arguments.</summary>
    /// <param name="carried">The parameters that the wire carries.</param>
    /// <returns>The expression.</returns>
    public static string Tuple(IReadOnlyList<ParameterModel> carried) => carried.Count switch
    {
        0 => "default",
        1 => $"new {ParameterModel.TupleOf(carried)}({Argument(carried[0])})",
        _ => "(" + string.Join(", ", carried.Select(Argument)) + ")",
    };

    private static string Argument(ParameterModel parameter) =>
        parameter.IsParams ? $"{parameter.Identifier} ?? {parameter.TypedDefault}" : parameter.Identifier;

    private static string Parameter(ParameterModel parameter)
    {
        string optional = parameter.TypedDefault is null ? string.Empty : ", true, " + BoxedDefault(parameter);
        return $"new({Literals.Text(parameter.Name)}, typeof({parameter.Value.TypeOf}){optional})";
    }

    private static string BoxedDefault(ParameterModel parameter) =>
        parameter.TypedDefault is "[]" ? "null" : parameter.TypedDefault!;
}
