using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppNet.Connections;

/// <summary>A JSON number with a point or an exponent, or one of the strings of <see cref="FloatText"/>.</summary>
internal sealed class SingleCodec : ValueCodec<float>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, float value) => FloatText.Write(writer.Json, value);

    /// <inheritdoc/>
    public override float Read(ref ValueReader reader) => ReadFrom(ref reader.Json);

    private static float ReadFrom(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String ? (float)FloatText.ReadName(ref json) : json.GetSingle();

    /// <summary>The same inside values that System.Text.Json writes.</summary>
    internal sealed class Converter : JsonConverter<float>
    {
        /// <inheritdoc/>
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadFrom(ref reader);

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => FloatText.Write(writer, value);
    }
}

/// <summary>A JSON number with a point or an exponent, or one of the strings of <see cref="FloatText"/>.</summary>
internal sealed class DoubleCodec : ValueCodec<double>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, double value) => FloatText.Write(writer.Json, value);

    /// <inheritdoc/>
    public override double Read(ref ValueReader reader) => ReadFrom(ref reader.Json);

    private static double ReadFrom(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String ? FloatText.ReadName(ref json) : json.GetDouble();

    /// <summary>The same inside values that System.Text.Json writes.</summary>
    internal sealed class Converter : JsonConverter<double>
    {
        /// <inheritdoc/>
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadFrom(ref reader);

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => FloatText.Write(writer, value);
    }
}

/// <summary>
/// Floats as JSON that still says that they are floats: numbers have a point or an exponent, and what JSON has no number for are strings
/// whose first character is escaped, so that they differ from a text of the same characters. docs/protocol.md, section 6.5.
/// </summary>
internal static class FloatText
{
    private const int MaxLength = 32;

    /// <summary>Gets the JSON string that stands for not-a-number.</summary>
    public static ReadOnlySpan<byte> NaN => "\"\\u004eaN\""u8;

    /// <summary>Gets the JSON string that stands for infinity.</summary>
    public static ReadOnlySpan<byte> Infinity => "\"\\u0049nfinity\""u8;

    /// <summary>Gets the JSON string that stands for negative infinity.</summary>
    public static ReadOnlySpan<byte> NegativeInfinity => "\"\\u002dInfinity\""u8;

    /// <summary>Writes a number, or the string that stands for what is none.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="value">The number.</param>
    public static void Write(Utf8JsonWriter json, double value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        if (double.IsFinite(value))
        {
            _ = value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
            WriteNumber(json, text, length);
        }
        else
        {
            json.WriteRawValue(NameOf(value), skipInputValidation: true);
        }
    }

    /// <summary>Writes a number, or the string that stands for what is none.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="value">The number.</param>
    public static void Write(Utf8JsonWriter json, float value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        if (float.IsFinite(value))
        {
            _ = value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
            WriteNumber(json, text, length);
        }
        else
        {
            json.WriteRawValue(NameOf(value), skipInputValidation: true);
        }
    }

    /// <summary>Reads a string that stands for what is no number, escaped or not.</summary>
    /// <param name="json">The reader, which stands on a string.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">It is another string.</exception>
    public static double ReadName(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("NaN"u8))
        {
            return double.NaN;
        }

        if (json.ValueTextEquals("Infinity"u8))
        {
            return double.PositiveInfinity;
        }

        return json.ValueTextEquals("-Infinity"u8)
            ? double.NegativeInfinity
            : throw new JsonException("Of strings only 'NaN', 'Infinity' and '-Infinity' are numbers.");
    }

    private static ReadOnlySpan<byte> NameOf(double value) =>
        double.IsNaN(value) ? NaN : value > 0 ? Infinity : NegativeInfinity;

    private static void WriteNumber(Utf8JsonWriter json, Span<byte> text, int length)
    {
        if (text[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        json.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
