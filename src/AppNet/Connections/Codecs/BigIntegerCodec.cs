using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppNet.Connections;

/// <summary>A JSON number of as many digits as it needs, without fraction or exponent.</summary>
internal sealed class BigIntegerCodec : ValueCodec<BigInteger>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, BigInteger value) => WriteTo(writer.Json, value);

    /// <inheritdoc/>
    public override BigInteger Read(ref ValueReader reader) => ReadFrom(ref reader.Json);

    private static void WriteTo(Utf8JsonWriter json, BigInteger value) =>
        json.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);

    private static BigInteger ReadFrom(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Number
        ? BigInteger.Parse(DigitsOf(ref json), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : throw new JsonException("A number is expected.");

    private static string DigitsOf(ref Utf8JsonReader json) =>
        Encoding.UTF8.GetString(json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan);

    /// <summary>The same inside values that System.Text.Json writes, which has no converter of its own for it.</summary>
    internal sealed class Converter : JsonConverter<BigInteger>
    {
        /// <inheritdoc/>
        public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadFrom(ref reader);

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
            WriteTo(writer, value);
    }
}
