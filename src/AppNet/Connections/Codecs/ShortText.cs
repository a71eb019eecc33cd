using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Takes JSON strings that are known to be short apart without a string of their own.</summary>
internal static class ShortText
{
    /// <summary>The most bytes that one UTF-16 unit takes in JSON: <c>\u0041</c>.</summary>
    public const int MaxEscape = 6;

    /// <summary>Copies the unescaped text.</summary>
    /// <param name="json">A reader at a string.</param>
    /// <param name="destination">Where the text goes; it must hold the text while it is still escaped.</param>
    /// <returns>The part written; empty when the text is longer.</returns>
    public static ReadOnlySpan<char> Copy(scoped in Utf8JsonReader json, Span<char> destination) =>
        LengthOf(in json) <= destination.Length ? destination[..json.CopyString(destination)] : [];

    /// <summary>Copies the unescaped text as UTF-8.</summary>
    /// <param name="json">A reader at a string.</param>
    /// <param name="destination">Where the text goes; it must hold the text while it is still escaped.</param>
    /// <returns>The part written; empty when the text is longer.</returns>
    public static ReadOnlySpan<byte> Copy(scoped in Utf8JsonReader json, Span<byte> destination) =>
        LengthOf(in json) <= destination.Length ? destination[..json.CopyString(destination)] : [];

    private static long LengthOf(scoped in Utf8JsonReader json) => json.TokenType == JsonTokenType.String
        ? json.HasValueSequence ? json.ValueSequence.Length : json.ValueSpan.Length
        : throw new JsonException("A string is expected.");
}
