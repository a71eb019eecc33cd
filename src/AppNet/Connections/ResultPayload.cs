using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>The payload of an answer: one JSON value. See docs/protocol.md, section 7.1.</summary>
internal static class ResultPayload
{
    /// <summary>Writes a result.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="payload">Where it goes, empty.</param>
    /// <param name="codec">How it is written.</param>
    /// <param name="result">The result.</param>
    /// <param name="function">The function, for the message.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <exception cref="NetException"><see cref="NetError.BadResult"/>: it can't be serialized or is too large.</exception>
    public static void Write<T>(
        PayloadBuffer payload,
        ValueCodec<T> codec,
        T result,
        string function,
        JsonSerializerOptions options)
    {
        try
        {
            var writer = new ValueWriter(payload.Json, options);
            if (!payload.TakesRaw || !codec.TryWriteRaw(payload, 0, result))
            {
                codec.Write(ref writer, result);
            }

            payload.Complete();
        }
        catch (Exception e)
        {
            string fault = payload.IsOverLimit
                ? FormattableString.Invariant($"takes {payload.WrittenSpan.Length} bytes or more, and a message takes {payload.Limit}. Return less at a time, or raise NetOptions.MaxMessageBytes on both peers.")
                : $"can't be serialized: {ArgumentErrors.MessageOf(e)}";
            throw new NetException(NetError.BadResult, $"The result of '{function}' {fault}", e);
        }
    }

    /// <summary>Reads a result.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="payload">The payload; nothing stands for null.</param>
    /// <param name="codec">How it is read.</param>
    /// <param name="function">The function, for the message.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <param name="isRaw">Whether the payload has raw segments.</param>
    /// <returns>The result.</returns>
    /// <exception cref="NetException"><see cref="NetError.BadResult"/>: it is no such value.</exception>
    public static T Read<T>(
        ReadOnlySpan<byte> payload,
        ValueCodec<T> codec,
        string function,
        JsonSerializerOptions options,
        bool isRaw = false)
    {
        try
        {
            RawPayload raw = RawPayload.Parse(payload, isRaw);
            ReadOnlySpan<byte> value = raw.Json.IsEmpty ? "null"u8 : raw.Json;
            var reader = new ValueReader(new Utf8JsonReader(value, ArgumentReader.JsonOptions), options);
            _ = reader.Json.Read();
            T result = isRaw && raw.TryGet(0, out RawKind kind, out ReadOnlySpan<byte> bytes)
                ? RawJson.InPlace(ref reader, codec, kind, bytes)
                : codec.Read(ref reader);

            // Past the value only white space is well-formed; anything else throws.
            _ = reader.Json.Read();
            return result;
        }
        catch (Exception e)
        {
            throw new NetException(
                NetError.BadResult,
                $"The result of '{function}' can't be read as {SignatureText.NameOf(typeof(T))}: {ArgumentErrors.MessageOf(e)}",
                e);
        }
    }
}
