using System.Globalization;

namespace AppNet.Architecture.Tests;

/// <summary>Writes constants.</summary>
internal static class ApiValue
{
    /// <summary>Writes a constant.</summary>
    /// <param name="value">The constant; an enum's as its number.</param>
    /// <param name="type">The type that it is for.</param>
    /// <returns>The text in C#.</returns>
    public static string Describe(object? value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && target == type ? "default" : "null",
            _ when target.IsEnum => $"{ApiTypeName.Of(target)}.{string.Join(" | ", Enum.ToObject(target, value).ToString()!.Split(", "))}",
            string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            char letter => $"'{letter}'",
            bool truth => truth ? "true" : "false",
            Type named => $"typeof({ApiTypeName.Of(named)})",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
