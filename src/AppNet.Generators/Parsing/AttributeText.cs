using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppNet.Generators.Parsing;

/// <summary>Writes an attribute as the source had it, so that generated code can repeat it.</summary>
internal static class AttributeText
{
    /// <summary>Returns the attribute in brackets.</summary>
    /// <param name="attribute">The attribute, without a fault.</param>
    /// <returns>The text.</returns>
    public static string Of(AttributeData attribute)
    {
        string[] arguments =
        [
            .. attribute.ConstructorArguments.Select(argument => argument.ToCSharpString()),
            .. attribute.NamedArguments.Select(pair => $"{pair.Key} = {pair.Value.ToCSharpString()}"),
        ];
        string list = arguments.Length == 0 ? string.Empty : $"({string.Join(", ", arguments)})";
        return $"[{Types.Text(attribute.AttributeClass!)}{list}]";
    }
}
