using System.Runtime.CompilerServices;

namespace AppNet.Architecture.Tests;

/// <summary>Writes the line of a type.</summary>
internal static class ApiType
{
    /// <summary>Writes a type: its kind, what it is made from, and its constraints.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The line.</returns>
    public static string Describe(Type type)
    {
        var bases = BasesOf(type).ToArray();
        return ApiTypeName.Of(type)
            + $" : {Kind(type)}"
            + (bases.Length == 0 ? "" : $" of {string.Join(", ", bases)}")
            + ApiConstraints.Describe(type.GetGenericArguments())
            + ApiAttributes.Describe(type.CustomAttributes);
    }

    private static string Kind(Type type) => type switch
    {
        _ when typeof(Delegate).IsAssignableFrom(type) => $"delegate {ApiMember.Describe(type.GetMethod("Invoke")!)}",
        { IsInterface: true } => "interface",
        { IsEnum: true } => $"enum {ApiTypeName.Of(Enum.GetUnderlyingType(type))}",
        { IsValueType: true } => (Has<IsReadOnlyAttribute>(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : "") + (type.IsSealed ? "sealed " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
    };

    private static IEnumerable<string> BasesOf(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Where(seam => seam.IsVisible).Except(inherited).Select(ApiTypeName.Of).Order(StringComparer.Ordinal);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? own.Prepend(ApiTypeName.Of(parent)) : own;
    }

    private static bool Has<T>(Type type)
        where T : Attribute => type.IsDefined(typeof(T), inherit: false);
}
