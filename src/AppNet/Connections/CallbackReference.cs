using System.Text.Json;

namespace AppNet.Connections;

/// <summary>What stands among the arguments in the place of a callback. See docs/protocol.md, section 13.</summary>
internal static class CallbackReference
{
    /// <summary>The member that holds the callback's number.</summary>
    private static ReadOnlySpan<byte> Member => "callback"u8;

    /// <summary>Writes a reference.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="number">The callback's number in its call.</param>
    public static void Write(Utf8JsonWriter json, int number)
    {
        json.WriteStartObject();
        json.WriteNumber(Member, number);
        json.WriteEndObject();
    }

    /// <summary>Reads a reference.</summary>
    /// <param name="json">Where it comes from, at its first token.</param>
    /// <returns>The callback's number in its call.</returns>
    /// <exception cref="JsonException">It is none.</exception>
    public static int Read(ref Utf8JsonReader json)
    {
        int number = 0;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A callback is an object with its number.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isNumber = json.ValueTextEquals(Member);
            _ = json.Read();
            if (isNumber)
            {
                number = json.GetUInt16();
            }
            else
            {
                json.Skip();
            }
        }

        return number > 0 ? number : throw new JsonException("A callback has a number above 0.");
    }
}
