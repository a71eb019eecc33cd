using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>A JSON string in the extended format of ISO 8601-1.</summary>
internal sealed class DateTimeCodec : ValueCodec<DateTime>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, DateTime value) => writer.Json.WriteStringValue(value);

    /// <inheritdoc/>
    public override DateTime Read(ref ValueReader reader) => reader.Json.GetDateTime();
}

/// <summary>A JSON string in the extended format of ISO 8601-1.</summary>
internal sealed class DateTimeOffsetCodec : ValueCodec<DateTimeOffset>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, DateTimeOffset value) => writer.Json.WriteStringValue(value);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref ValueReader reader) => reader.Json.GetDateTimeOffset();
}

/// <summary>A JSON string <c>yyyy-MM-dd</c>.</summary>
internal sealed class DateOnlyCodec : ValueCodec<DateOnly>
{
    private const int Length = 10;

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, DateOnly value)
    {
        Span<byte> text = stackalloc byte[Length];
        _ = value.TryFormat(text, out int written, "O", CultureInfo.InvariantCulture);
        writer.Json.WriteStringValue(text[..written]);
    }

    /// <inheritdoc/>
    public override DateOnly Read(ref ValueReader reader)
    {
        Span<char> text = stackalloc char[Length * ShortText.MaxEscape];
        return DateOnly.ParseExact(ShortText.Copy(in reader.Json, text), "O", CultureInfo.InvariantCulture);
    }
}

/// <summary>A JSON string <c>hh:mm:ss[.fffffff]</c>.</summary>
internal sealed class TimeOnlyCodec : ValueCodec<TimeOnly>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, TimeOnly value) =>
        TimeSpanCodec.WriteTo(writer.Json, value.ToTimeSpan());

    /// <inheritdoc/>
    public override TimeOnly Read(ref ValueReader reader) =>
        TimeOnly.FromTimeSpan(TimeSpanCodec.ReadFrom(ref reader.Json));
}

/// <summary>A JSON string <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
internal sealed class TimeSpanCodec : ValueCodec<TimeSpan>
{
    // -10675199.02:48:05.4775808
    private const int MaxLength = 26;

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, TimeSpan value) => WriteTo(writer.Json, value);

    /// <inheritdoc/>
    public override TimeSpan Read(ref ValueReader reader) => ReadFrom(ref reader.Json);

    internal static void WriteTo(Utf8JsonWriter json, TimeSpan value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        _ = Utf8Formatter.TryFormat(value, text, out int written, 'c');
        json.WriteStringValue(text[..written]);
    }

    internal static TimeSpan ReadFrom(ref Utf8JsonReader json)
    {
        Span<byte> buffer = stackalloc byte[MaxLength * ShortText.MaxEscape];
        ReadOnlySpan<byte> text = ShortText.Copy(in json, buffer);

        // The parser would skip white space and stop before what it does not know.
        bool isTime = text is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..]
            & Utf8Parser.TryParse(text, out TimeSpan value, out int consumed, 'c')
            & consumed == text.Length;
        return isTime ? value : throw new JsonException("A time like '1.02:03:04.5' is expected.");
    }
}
