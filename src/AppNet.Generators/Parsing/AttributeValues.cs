using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Reads what an attribute was given.</summary>
internal static class AttributeValues
{
    /// <summary>Returns the name that is an attribute's only argument by position.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The name; empty when it is null or a fault.</returns>
    public static string Name(AttributeData attribute) =>
        attribute.ConstructorArguments.Select(argument => argument.Value as string).FirstOrDefault() ?? string.Empty;

    /// <summary>Returns a named argument.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The property's name.</param>
    /// <returns>The argument, or null when it is not given.</returns>
    public static TypedConstant? Named(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> pair in attribute.NamedArguments)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>Returns a named argument that is a list of texts.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The property's name.</param>
    /// <returns>The texts, or null when none are given.</returns>
    public static EquatableArray<string>? Texts(AttributeData attribute, string name) =>
        Named(attribute, name) is { Kind: TypedConstantKind.Array, IsNull: false } list
            ? list.Values.Select(value => value.Value).OfType<string>().ToEquatableArray()
            : null;

    /// <summary>Returns a named argument that is true or false.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The property's name.</param>
    /// <returns>Whether it is true.</returns>
    public static bool IsTrue(AttributeData attribute, string name) => Named(attribute, name)?.Value is true;
}
