using System.Reflection;
using System.Runtime.CompilerServices;

namespace AppNet.Architecture.Tests;

/// <summary>Writes the attributes that users of a member notice.</summary>
internal static class ApiAttributes
{
    private static readonly string[] OnMembers =
    [
        "AsyncMethodBuilder", "AttributeUsage", "EditorBrowsable", "Experimental", "Flags", "InterpolatedStringHandler", "Obsolete",
        "OverloadResolutionPriority", "RequiresDynamicCode", "RequiresUnreferencedCode",
    ];

    private static readonly string[] OnParameters =
    [
        "CallerArgumentExpression", "CallerFilePath", "CallerLineNumber", "CallerMemberName", "ConstantExpected", "DynamicallyAccessedMembers",
        "EnumeratorCancellation", "InterpolatedStringHandlerArgument", "MaybeNullWhen", "NotNull", "NotNullIfNotNull", "NotNullWhen", "StringSyntax",
        "UnscopedRef",
    ];

    /// <summary>Writes the attributes of a type or member.</summary>
    /// <param name="attributes">All its attributes.</param>
    /// <returns>Those that matter, each after a blank. Texts meant for people are left out.</returns>
    public static string Describe(IEnumerable<CustomAttributeData> attributes) => string.Concat(
        Known(attributes, OnMembers)
            .Where(attribute => attribute.Name != "Obsolete" || !IsForOldCompilers(attributes))
            .Select(attribute => $" [{attribute.Name}{Values(attribute.Data)}]"));

    /// <summary>Writes the attributes of a parameter.</summary>
    /// <param name="attributes">All its attributes.</param>
    /// <returns>Those that matter, each before a blank.</returns>
    public static string DescribeOfParameter(IEnumerable<CustomAttributeData> attributes) => string.Concat(
        Known(attributes, OnParameters).Select(attribute => $"[{attribute.Name}{Values(attribute.Data)}] "));

    private static IEnumerable<(string Name, CustomAttributeData Data)> Known(IEnumerable<CustomAttributeData> attributes, string[] names) =>
        from attribute in attributes
        let name = attribute.AttributeType.Name[..^"Attribute".Length]
        where names.Contains(name)
        orderby name
        select (name, attribute);

    // What older compilers must not use is marked obsolete by the compiler itself.
    private static bool IsForOldCompilers(IEnumerable<CustomAttributeData> attributes) =>
        attributes.Any(attribute => attribute.AttributeType == typeof(CompilerFeatureRequiredAttribute));

    private static string Values(CustomAttributeData attribute)
    {
        var positional = attribute.ConstructorArguments.Where(argument => argument.Value is not string).Select(Value);
        var named = attribute.NamedArguments
            .Where(argument => argument.TypedValue.Value is bool)
            .Select(argument => $"{argument.MemberName} = {Value(argument.TypedValue)}");
        var values = string.Join(", ", positional.Concat(named));
        return values.Length == 0 ? "" : $"({values})";
    }

    private static string Value(CustomAttributeTypedArgument argument) => argument.ArgumentType.IsEnum
        ? Enum.ToObject(argument.ArgumentType, argument.Value!).ToString()!
        : ApiValue.Describe(argument.Value, argument.ArgumentType);
}
