using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppNet.Connections;

/// <summary>
/// Sees that text is Unicode before it is written. Half a surrogate pair would travel as U+FFFD: the other side would get another text
/// than was given, and nobody would know.
/// </summary>
internal static class WellFormedText
{
    /// <summary>Gets what makes the peer's options look as well, for texts within other values.</summary>
    public static JsonConverter[] Converters { get; } = [new StringConverter(), new CharConverter()];

    /// <summary>Checks a text.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The same.</returns>
    /// <exception cref="JsonException">It holds half a surrogate pair; the message says where.</exception>
    public static string? Checked(string? text)
    {
        Check(text);
        return text;
    }

    /// <summary>Checks a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="JsonException">It holds half a surrogate pair; the message says where.</exception>
    public static void Check(ReadOnlySpan<char> text)
    {
        var from = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (from < 0)
        {
            return;
        }

        for (var i = from; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                throw new JsonException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The text has half a surrogate pair, U+{(int)text[i]:X4}, at index {i}: that is no character, and can't travel."));
            }

            i++;
        }
    }

    private sealed class StringConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Checked(value));

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Checked(value)!);
    }

    private sealed class CharConverter : JsonConverter<char>
    {
        public override char Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = new ValueReader(reader, options);
            return ValueCodecs.Char.Read(ref value);
        }

        public override void Write(Utf8JsonWriter writer, char value, JsonSerializerOptions options)
        {
            Check([value]);
            writer.WriteStringValue([value]);
        }

        public override char ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is [char character] ? character : throw new JsonException("A name of one character is expected.");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, char value, JsonSerializerOptions options)
        {
            Check([value]);
            writer.WritePropertyName([value]);
        }
    }
}
