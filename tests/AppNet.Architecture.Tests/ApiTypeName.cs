using System.Reflection;

namespace AppNet.Architecture.Tests;

/// <summary>Writes types as C# does, with their namespace.</summary>
internal static class ApiTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>Writes a type without nullability.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Its name.</returns>
    public static string Of(Type type) => Write(type, nullability: null, writes: false);

    /// <summary>Writes a type with the nullability of where it stands.</summary>
    /// <param name="nullability">The type there.</param>
    /// <param name="writes">Whether what is put in counts, rather than what comes out.</param>
    /// <returns>Its name, each reference that may be null with a question mark, except generic parameters.</returns>
    public static string Of(NullabilityInfo nullability, bool writes) => Write(nullability.Type, nullability, writes);

    private static string Write(Type type, NullabilityInfo? nullability, bool writes)
    {
        if (type.IsByRef)
        {
            // The context describes what a reference points at with the nullability of the reference.
            return Write(type.GetElementType()!, nullability?.ElementType ?? nullability, writes);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Write(underlying, nullability?.GenericTypeArguments.FirstOrDefault(), writes) + "?";
        }

        var state = writes ? nullability?.WriteState : nullability?.ReadState;
        var mark = state == NullabilityState.Nullable && type is { IsValueType: false, IsGenericParameter: false } ? "?" : "";
        return Name(type, nullability, writes) + mark;
    }

    private static string Name(Type type, NullabilityInfo? nullability, bool writes)
    {
        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!, nullability?.ElementType, writes)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Write(type.GetElementType()!, nullability: null, writes) + "*";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var arguments = type.GetGenericArguments().Select((argument, at) =>
            Write(argument, nullability is { GenericTypeArguments: { } known } && known.Length > at ? known[at] : null, writes)).ToArray();
        return Nested(type.IsGenericType ? type.GetGenericTypeDefinition() : type, arguments);
    }

    // The arguments of the types around a nested one come first among its own.
    private static string Nested(Type definition, string[] arguments)
    {
        var outer = definition.DeclaringType;
        var outerCount = outer?.GetGenericArguments().Length ?? 0;
        var own = arguments[outerCount..];
        var prefix = outer is null ? definition.Namespace + "." : Nested(outer, arguments[..outerCount]) + ".";
        return prefix + definition.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own)}>");
    }
}
