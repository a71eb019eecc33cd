using System.Text;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>
/// What is said when arguments and parameters do not fit. Each message holds the function's signature, so that the caller
/// sees what would have fitted.
/// </summary>
internal static class ArgumentErrors
{
    /// <summary>The most characters of a caller's value that a message repeats.</summary>
    private const int MaxQuoteLength = 64;

    public static NetException Missing(ConnectionDefinition definition, int index) =>
        Bad($"{definition.Signature} was called without its argument '{definition.Parameters[index].Name}'.");

    public static NetException Unknown(ConnectionDefinition definition, ReadOnlySpan<byte> name) =>
        Bad($"{definition.Signature} has no parameter '{Quote(name)}'.");

    public static NetException TooMany(ConnectionDefinition definition, int given) =>
        Bad($"{definition.Signature} takes {definition.Parameters.Count} arguments, but {given} were given.");

    public static NetException Doubled(ConnectionDefinition definition, int index, bool isByPosition) =>
        Bad($"{definition.Signature} was given its argument '{definition.Parameters[index].Name}' "
            + (isByPosition ? "by position and by name." : "twice by name."));

    public static NetException Malformed(ConnectionDefinition definition, Exception? inner) =>
        Bad($"{definition.Signature} was given arguments that are no well-formed JSON array.", inner);

    public static NetException Unconvertible(
        ConnectionDefinition definition,
        int index,
        ReadOnlySpan<byte> payload,
        Exception inner)
    {
        ConnectionParameter parameter = definition.Parameters[index];
        return Bad(
            $"{definition.Signature} can't take '{Quote(FirstValue(payload))}' as its argument '{parameter.Name}': "
            + $"it is not of type {SignatureText.NameOf(parameter.Type)}.",
            inner);
    }

    /// <summary>The caller's side: an argument that does not become JSON.</summary>
    public static NetException Unserializable(ConnectionDefinition? definition, string? tag, int index, Exception inner) =>
        Unserializable(
            NameOf(definition, tag),
            definition is not null && index < definition.Parameters.Count
                ? $"argument '{definition.Parameters[index].Name}'"
                : FormattableString.Invariant($"argument {index + 1}"),
            inner);

    /// <summary>The caller's side: an argument given by name that does not become JSON.</summary>
    public static NetException Unserializable(ConnectionDefinition? definition, string? tag, string name, Exception inner) =>
        Unserializable(NameOf(definition, tag), $"argument '{name}'", inner);

    /// <summary>The caller's side: arguments that are more than a message may be.</summary>
    public static NetException TooLarge(ConnectionDefinition? definition, string? tag, long written, int limit) => new(
        NetError.TooLarge,
        FormattableString.Invariant(
            $"{NameOf(definition, tag)} was not sent: its arguments take {written} bytes or more, and a message takes {limit}. ")
        + "Give it less at a time, or raise NetOptions.MaxMessageBytes on both peers.");

    /// <summary>The message of an exception, which is user code and may itself throw.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return exception.GetType().Name;
        }
    }

    private static string NameOf(ConnectionDefinition? definition, string? tag) =>
        definition?.Signature ?? (tag is null ? "The call" : $"'{tag}'");

    private static NetException Unserializable(string function, string argument, Exception inner) =>
        Bad($"{function} was not sent: its {argument} can't be serialized: {MessageOf(inner)}", inner);

    private static NetException Bad(string message, Exception? inner = null) =>
        new(NetError.BadArguments, message, inner);

    /// <summary>The value that a payload begins with; all that is left when it breaks off in it.</summary>
    private static ReadOnlySpan<byte> FirstValue(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, isFinalBlock: false, new JsonReaderState(ArgumentReader.JsonOptions));
        try
        {
            return reader.Read() && reader.TrySkip() ? payload[..(int)reader.BytesConsumed] : payload;
        }
        catch (JsonException)
        {
            return payload;
        }
    }

    private static string Quote(ReadOnlySpan<byte> utf8)
    {
        // A character takes at most four bytes, and one more shows that the text goes on.
        string text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, (MaxQuoteLength + 1) * 4)]);
        var quote = new StringBuilder(Math.Min(text.Length, MaxQuoteLength));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (quote.Length + rune.Utf16SequenceLength >= MaxQuoteLength)
            {
                return quote.Append('…').ToString();
            }

            quote.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return quote.ToString();
    }
}
