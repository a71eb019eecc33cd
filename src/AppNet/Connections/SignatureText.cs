using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AppNet.Connections;

/// <summary>Functions and types as a reader of C# expects them.</summary>
internal static class SignatureText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
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
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    /// <summary>Returns a function's name and parameters: <c>Calc.MultiplyValues(int val1, int val2 = 5)</c>.</summary>
    /// <param name="definition">The function.</param>
    /// <returns>The text, without the result.</returns>
    public static string Of(ConnectionDefinition definition) =>
        $"{definition.Name}({string.Join(", ", definition.Parameters.Select(Of))})";

    /// <summary>Returns a type's name in C#, without namespaces: <c>int?</c>, <c>List&lt;string&gt;</c>, <c>(int, int)[]</c>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string NameOf(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is Type underlying)
        {
            return NameOf(underlying) + "?";
        }

        if (type.IsArray)
        {
            return NameOfArray(type);
        }

        if (type.HasElementType)
        {
            return type.IsByRef ? $"ref {NameOf(type.GetElementType()!)}" : $"{NameOf(type.GetElementType()!)}*";
        }

        return type.IsAssignableTo(typeof(ITuple)) && type.IsValueType && type.GenericTypeArguments.Length > 1
            ? $"({string.Join(", ", ElementsOf(type))})"
            : NameOfNamed(type);
    }

    private static string Of(ConnectionParameter parameter)
    {
        string text = $"{NameOf(parameter.Type)} {parameter.Name}";
        return parameter.IsOptional ? $"{text} = {Literal(parameter.DefaultValue, parameter.Type)}" : text;
    }

    private static string NameOfArray(Type type)
    {
        // C# writes the outermost rank first: an array of int[,] is int[][,].
        var ranks = new StringBuilder();
        while (type.IsArray)
        {
            ranks.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            type = type.GetElementType()!;
        }

        return NameOf(type) + ranks;
    }

    private static IEnumerable<string> ElementsOf(Type tuple)
    {
        // The eighth element of a tuple is a tuple of the rest.
        foreach ((int i, Type element) in tuple.GenericTypeArguments.Index())
        {
            if (i == 7)
            {
                foreach (string rest in ElementsOf(element))
                {
                    yield return rest;
                }
            }
            else
            {
                yield return NameOf(element);
            }
        }
    }

    private static string NameOfNamed(Type type)
    {
        // A nested type holds the arguments of the types around it before its own.
        string name = type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        int ownCount = tick < 0 ? 0 : int.Parse(name.AsSpan(tick + 1), CultureInfo.InvariantCulture);
        Type[] arguments = type.GetGenericArguments();
        string text = tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", arguments[^ownCount..].Select(NameOf))}>";
        return type is { IsNested: true, IsGenericParameter: false }
            ? $"{NameOfOuter(type.DeclaringType!)}.{text}"
            : text;
    }

    private static string NameOfOuter(Type type) =>
        type.Name.IndexOf('`', StringComparison.Ordinal) is int tick and >= 0 ? type.Name[..tick] : NameOfNamed(type);

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{Escape(text, '"')}\"",
        char character => $"'{Escape(character.ToString(), '\'')}'",
        bool flag => flag ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumType => EnumLiteral(value, enumType),
        ICollection { Count: 0 } => "[]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static string EnumLiteral(object value, Type type)
    {
        // Generated code may hand over the number behind the member.
        string text = Enum.ToObject(type, value).ToString()!;
        return char.IsAsciiDigit(text[0]) || text[0] == '-'
            ? $"({NameOf(type)}){text}"
            : string.Join(" | ", text.Split(", ").Select(member => $"{NameOf(type)}.{member}"));
    }

    private static string Escape(string text, char quote)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append(@"\\"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                _ when c == quote => escaped.Append('\\').Append(c),
                _ when char.IsControl(c) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
