using System.Text.Json;

namespace AppNet.Connections;

/// <summary>A JSON number, or one of the strings of <see cref="FloatNames"/>.</summary>
internal sealed class SingleCodec : ValueCodec<float>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.Json.WriteNumberValue(value);
        }
        else
        {
            FloatNames.Write(writer.Json, value);
        }
    }

    /// <inheritdoc/>
    public override float Read(ref ValueReader reader) => reader.Json.TokenType == JsonTokenType.String
        ? (float)FloatNames.Read(ref reader.Json)
        : reader.Json.GetSingle();
}

/// <summary>A JSON number, or one of the strings of <see cref="FloatNames"/>.</summary>
internal sealed class DoubleCodec : ValueCodec<double>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.Json.WriteNumberValue(value);
        }
        else
        {
            FloatNames.Write(writer.Json, value);
        }
    }

    /// <inheritdoc/>
    public override double Read(ref ValueReader reader) => reader.Json.TokenType == JsonTokenType.String
        ? FloatNames.Read(ref reader.Json)
        : reader.Json.GetDouble();
}

/// <summary>The values that JSON has no number for, by the names that <c>AllowNamedFloatingPointLiterals</c> gives them.</summary>
internal static class FloatNames
{
    public static void Write(Utf8JsonWriter json, double value) => json.WriteStringValue(
        double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);

    public static double Read(ref Utf8JsonReader json)
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
}
