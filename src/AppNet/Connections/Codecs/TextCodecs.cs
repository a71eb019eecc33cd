using System.Text.Json;

namespace AppNet.Connections;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanCodec : ValueCodec<bool>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, bool value) => writer.Json.WriteBooleanValue(value);

    /// <inheritdoc/>
    public override bool Read(ref ValueReader reader) => reader.Json.GetBoolean();
}

/// <summary>A JSON string of one UTF-16 unit.</summary>
internal sealed class CharCodec : ValueCodec<char>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, char value)
    {
        WellFormedText.Check([value]);
        writer.Json.WriteStringValue([value]);
    }

    /// <inheritdoc/>
    public override char Read(ref ValueReader reader)
    {
        Span<char> text = stackalloc char[ShortText.MaxEscape];
        return ShortText.Copy(in reader.Json, text) is [char character]
            ? character
            : throw new JsonException("A string of one character is expected.");
    }
}

/// <summary>A JSON string, or null.</summary>
internal sealed class StringCodec : ValueCodec<string>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, string value) => writer.Json.WriteStringValue(WellFormedText.Checked(value));

    /// <inheritdoc/>
    public override string Read(ref ValueReader reader) => reader.Json.GetString()!;
}

/// <summary>A JSON string of the 36 characters with hyphens.</summary>
internal sealed class GuidCodec : ValueCodec<Guid>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, Guid value) => writer.Json.WriteStringValue(value);

    /// <inheritdoc/>
    public override Guid Read(ref ValueReader reader) => reader.Json.GetGuid();
}

/// <summary>A JSON string of the text that the <see cref="Uri"/> was made from, or null.</summary>
internal sealed class UriCodec : ValueCodec<Uri>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, Uri value) => writer.Json.WriteStringValue(WellFormedText.Checked(value?.OriginalString));

    /// <inheritdoc/>
    public override Uri Read(ref ValueReader reader) => reader.Json.GetString() is string text
        ? new Uri(text, UriKind.RelativeOrAbsolute)
        : null!;
}
