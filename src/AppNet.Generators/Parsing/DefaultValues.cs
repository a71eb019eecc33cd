using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators.Parsing;

/// <summary>Writes the default value of a parameter as an expression.</summary>
internal static class DefaultValues
{
    /// <summary>Returns what a signature says after <c>=</c>.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The expression, or null when the parameter is required or optional by attributes, which then say it.</returns>
    public static string? Text(IParameterSymbol parameter) => IsByAttribute(parameter) ? null : Expression(parameter);

    /// <summary>Returns the default as an expression of the parameter's own type.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The expression, or null when the parameter is required.</returns>
    public static string? TypedText(IParameterSymbol parameter) => Expression(parameter) switch
    {
        null => null,
        "default" or "null" => $"default({Types.Text(parameter.Type)})",
        var text when HasTypeOfItsLiteral(parameter.Type) => text,
        var text => $"({Types.Text(parameter.Type)})({text})",
    };

    private static string? Expression(IParameterSymbol parameter)
    {
        if (!parameter.IsOptional)
        {
            return null;
        }

        ITypeSymbol type = Underlying(parameter.Type);
        object? value = parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;
        if (value is null)
        {
            return parameter.Type.IsValueType && !IsNullable(parameter.Type) ? "default" : "null";
        }

        return type.TypeKind == TypeKind.Enum ? $"({Types.Text(type)})({Literal(value)})" : Literal(value);
    }

    // [Optional] and [DateTimeConstant] make a parameter optional without a `=`, before required ones too.
    private static bool IsByAttribute(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is ParameterSyntax { Default: null });

    private static bool HasTypeOfItsLiteral(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.SpecialType is SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Boolean
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
            or SpecialType.System_DateTime;

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        IsNullable(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static bool IsNullable(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static string Literal(object value) => value switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool truth => truth ? "true" : "false",
        float number => Special(number, "float") ?? number.ToString("R", CultureInfo.InvariantCulture) + "F",
        double number => Special(number, "double") ?? number.ToString("R", CultureInfo.InvariantCulture) + "D",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        DateTime time => $"new global::System.DateTime({time.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static string? Special(double number, string type)
    {
        if (double.IsNaN(number))
        {
            return $"{type}.NaN";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? $"{type}.PositiveInfinity" : $"{type}.NegativeInfinity";
        }

        bool isNegativeZero = number == 0 && double.IsNegativeInfinity(1 / number);
        return isNegativeZero ? "-0.0" + type[0] : null;
    }
}
