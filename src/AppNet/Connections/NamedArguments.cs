using System.Buffers;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Sorts the arguments of a call with names to the function's parameters. See docs/protocol.md, section 6.3.</summary>
internal static class NamedArguments
{
    /// <summary>Finds each parameter's argument.</summary>
    /// <param name="payload">A JSON array whose last element is an object of the arguments given by name.</param>
    /// <param name="trailingDefaults">How many of the last positional arguments a function may ignore.</param>
    /// <param name="definition">The function.</param>
    /// <returns>A slice for each parameter, in order, in an array of <see cref="ArrayPool{T}.Shared"/>.</returns>
    /// <exception cref="NetException">The payload is no such array, or an argument is unknown or given twice.</exception>
    public static ArgumentSlice[] Collect(ReadOnlySpan<byte> payload, int trailingDefaults, ConnectionDefinition definition)
    {
        ArgumentSlice[] slices = ArrayPool<ArgumentSlice>.Shared.Rent(definition.Parameters.Count);
        try
        {
            Array.Clear(slices);
            (int positional, ArgumentSlice names) = CollectPositional(payload, slices.AsSpan(0, definition.Parameters.Count));
            if (names.Length == 0 || payload[names.Start] != (byte)'{')
            {
                throw ArgumentErrors.Malformed(definition, null);
            }

            if (positional - definition.Parameters.Count > trailingDefaults)
            {
                throw ArgumentErrors.TooMany(definition, positional);
            }

            CollectNamed(payload, names, positional, definition, slices);
            return slices;
        }
        catch (Exception e)
        {
            ArrayPool<ArgumentSlice>.Shared.Return(slices);

            // The reader says by InvalidOperationException that a name holds broken escapes.
            if (e is JsonException or InvalidOperationException)
            {
                throw ArgumentErrors.Malformed(definition, e);
            }

            throw;
        }
    }

    /// <summary>Reads the array to its end and keeps where its elements are; the last is that of the names.</summary>
    private static (int Positional, ArgumentSlice Names) CollectPositional(
        ReadOnlySpan<byte> payload,
        Span<ArgumentSlice> slices)
    {
        var reader = new Utf8JsonReader(payload, ArgumentReader.JsonOptions);
        ArgumentSlice last = default;
        int count = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count > 0 && count <= slices.Length)
            {
                slices[count - 1] = last with { Position = count - 1 };
            }

            last = SliceOfValue(ref reader);
            count++;
        }

        // Past the last bracket only white space is well-formed; anything else throws.
        _ = reader.Read();
        return (count - 1, last);
    }

    private static void CollectNamed(
        ReadOnlySpan<byte> payload,
        ArgumentSlice names,
        int positional,
        ConnectionDefinition definition,
        ArgumentSlice[] slices)
    {
        var reader = new Utf8JsonReader(payload.Slice(names.Start, names.Length), ArgumentReader.JsonOptions);
        _ = reader.Read();
        for (int position = positional; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; position++)
        {
            int index = IndexOfName(ref reader, definition);
            if (slices[index].Length != 0)
            {
                throw ArgumentErrors.Doubled(definition, index, isByPosition: index < positional);
            }

            _ = reader.Read();
            ArgumentSlice value = SliceOfValue(ref reader);
            slices[index] = value with { Start = names.Start + value.Start, Position = position };
        }
    }

    private static int IndexOfName(ref Utf8JsonReader reader, ConnectionDefinition definition)
    {
        IReadOnlyList<ConnectionParameter> parameters = definition.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (reader.ValueTextEquals(parameters[i].Name))
            {
                return i;
            }
        }

        throw ArgumentErrors.Unknown(definition, reader.ValueSpan);
    }

    private static ArgumentSlice SliceOfValue(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new ArgumentSlice(start, (int)reader.BytesConsumed - start);
    }
}
