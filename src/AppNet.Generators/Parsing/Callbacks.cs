using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Parameters that a function calls back: delegates, and interfaces with <c>[PeerContract]</c>.</summary>
internal static class Callbacks
{
    private const string Codecs = "global::AppNet.Connections.ValueCodecs.";

    /// <summary>Returns whether a type is that of a callback.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is(ITypeSymbol type) => type is INamedTypeSymbol { DelegateInvokeMethod: not null } || IsContract(type);

    /// <summary>Returns whether a type is an interface with <c>[PeerContract]</c>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsContract(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
        && type.GetAttributes().Any(attribute => attribute.AttributeClass is { } found && found.Is(Types.Contract));

    /// <summary>Says why a callback can't be called from another peer.</summary>
    /// <param name="type">The type of the callback.</param>
    /// <returns>The words, or null when it can.</returns>
    public static string? Fault(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke })
        {
            return null;
        }

        if (invoke.Parameters.Select(Fault).FirstOrDefault(words => words is not null) is { } fault)
        {
            return fault;
        }

        ITypeSymbol? value = ResultParser.ValueOf(invoke);
        if (value is not null && ResultParser.KindOf(invoke) is not (ResultKind.Task or ResultKind.ValueTask))
        {
            return $"returns '{Short(value)}' at once";
        }

        return value is not null && (Carriage.Pointing(value) is not null || Carriage.NotCarried(value) is not null)
            ? $"returns '{Short(value)}', which is not carried"
            : null;
    }

    /// <summary>Describes the type of a callback.</summary>
    /// <param name="parameter">The parameter, free of faults.</param>
    /// <returns>The model.</returns>
    public static ValueModel Describe(IParameterSymbol parameter)
    {
        string type = Types.Text(parameter.Type);
        string plain = Types.TypeOfText(parameter.Type);
        if (parameter.Type is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke })
        {
            return new ValueModel(type, plain, $"{Codecs}Contract<{plain}>()", IsCallback: true);
        }

        string name = "Callback_" + parameter.Name;
        return new ValueModel(
            type,
            plain,
            $"{Codecs}Callback<{plain}>({name}.Instance)",
            IsCallback: true,
            new CallbackModel(name, FunctionOf(parameter, plain, invoke)));
    }

    private static FunctionModel FunctionOf(IParameterSymbol parameter, string type, IMethodSymbol invoke) => new(
        new ContainerModel(type, "internal", string.Empty),
        "Invoke",
        "Function",
        "internal",
        Tag: string.Empty,
        parameter.Name,
        new DocumentationModel(string.Empty, Summary: null, IsWritten: false),
        Attributes: default,
        ParameterParser.Parse(invoke, Role.Contract)
            .Select((model, index) => model with { Identifier = "value" + index.ToString(System.Globalization.CultureInfo.InvariantCulture) })
            .ToEquatableArray(),
        ResultParser.Parse(invoke),
        Signature: string.Empty,
        IsStub: false,
        Target: type);

    private static string? Fault(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None || Carriage.Pointing(parameter.Type) is not null)
        {
            return $"takes '{parameter.Name}' by reference";
        }

        if (parameter.Type.Is(Types.CancellationToken))
        {
            return null;
        }

        return Is(parameter.Type)
            ? Fault(parameter.Type)
            : Carriage.NotCarried(parameter.Type) is { } type ? $"takes '{Short(type)}', which is not carried" : null;
    }

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
