using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppNet;

/// <summary>
/// Writes and reads a <see cref="PeerInfo"/> as it travels. Written by hand, as the defaults of <c>init</c> properties
/// don't survive generated readers, and as it is on the way of every start.
/// </summary>
/// <remarks>
/// Members unknown here are passed over. Host, port and instance are required, and host, port and group must make a
/// <see cref="PeerId"/>. At most 64 values of 1 KiB each. Public so that code which the user's own
/// <see cref="JsonSerializerContext"/> generates can make one.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PeerInfoJsonConverter : JsonConverter<PeerInfo>
{
    internal const int MaxValues = 64;
    internal const int MaxValueBytes = 1024;

    /// <inheritdoc/>
    public override PeerInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PeerInfo value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Reads an info from its opening brace to its closing one.</summary>
    /// <param name="reader">Stands at the brace; ends at the closing one.</param>
    /// <returns>The info.</returns>
    /// <exception cref="JsonException">It is no info; the message says in which way.</exception>
    internal static PeerInfo Read(ref Utf8JsonReader reader)
    {
        try
        {
            return ReadMembers(ref reader);
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException)
        {
            throw new JsonException($"A member of the peer info is of the wrong kind: {problem.Message}", problem);
        }
    }

    /// <summary>Writes an info as an object.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="info">The info.</param>
    internal static void Write(Utf8JsonWriter writer, PeerInfo info)
    {
        writer.WriteStartObject();
        writer.WriteString("host"u8, info.Host);
        writer.WriteNumber("port"u8, info.Port);
        writer.WriteString("group"u8, info.Group);
        writer.WriteBoolean("hub"u8, info.IsHub);
        writer.WriteString("executable"u8, info.Executable);
        writer.WriteString("user"u8, info.User);
        writer.WriteString("instance"u8, info.Instance);
        writer.WriteNumber("pid"u8, info.ProcessId);
        writer.WriteString("machine"u8, info.Machine);
        writer.WriteString("runtime"u8, info.Runtime);
        writer.WriteString("version"u8, info.Version);
        writer.WriteString("startedAt"u8, info.StartedAt);
        writer.WriteBoolean("debugger"u8, info.HasDebugger);
        if (info.KeyGeneration is not null)
        {
            writer.WriteString("key"u8, info.KeyGeneration);
        }

        writer.WriteStartObject("values"u8);
        foreach (var (name, value) in info.Values)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static PeerInfo ReadMembers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A peer info is an object.");
        }

        string? host = null;
        int? port = null;
        Guid? instance = null;
        var info = new PeerInfo { Host = "", Port = 0, Instance = default };
        while (ReadName(ref reader, out var name))
        {
            switch (name)
            {
                case "host": host = Text(ref reader); break;
                case "port": port = reader.GetInt32(); break;
                case "instance": instance = reader.GetGuid(); break;
                default: info = ReadOptional(ref reader, name, info); break;
            }
        }

        info = info with
        {
            Host = host ?? throw Missing("host"),
            Port = port ?? throw Missing("port"),
            Instance = instance ?? throw Missing("instance"),
        };
        return Checked(info);
    }

    private static PeerInfo ReadOptional(ref Utf8JsonReader reader, string name, PeerInfo info)
    {
        switch (name)
        {
            case "group": return info with { Group = reader.GetString() };
            case "hub": return info with { IsHub = reader.GetBoolean() };
            case "executable": return info with { Executable = Text(ref reader) };
            case "user": return info with { User = Text(ref reader) };
            case "pid": return info with { ProcessId = reader.GetInt32() };
            case "machine": return info with { Machine = Text(ref reader) };
            case "runtime": return info with { Runtime = Text(ref reader) };
            case "version": return info with { Version = Text(ref reader) };
            case "startedAt": return info with { StartedAt = reader.GetDateTimeOffset() };
            case "debugger": return info with { HasDebugger = reader.GetBoolean() };
            case "key": return info with { KeyGeneration = reader.GetString() };
            case "values": return info with { Values = ReadValues(ref reader) };
            default:
                reader.Skip();
                return info;
        }
    }

    private static Dictionary<string, string> ReadValues(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The values of a peer info are an object.");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (ReadName(ref reader, out var name))
        {
            var value = Text(ref reader);
            values[name] = value;
            if (values.Count > MaxValues)
            {
                throw new JsonException($"A peer info has more than {MaxValues} values.");
            }

            if (Encoding.UTF8.GetByteCount(name) > MaxValueBytes || Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
            {
                throw new JsonException($"A value of a peer info takes more than {MaxValueBytes} bytes.");
            }
        }

        return values;
    }

    private static PeerInfo Checked(PeerInfo info)
    {
        try
        {
            // The id's own rules, and its way of saying that there is no group.
            var id = new PeerId(info.Host, info.Port, info.Group);
            return info with { Host = id.Host, Group = id.Group };
        }
        catch (ArgumentException problem)
        {
            throw new JsonException($"The peer info names no peer: {problem.Message}", problem);
        }
    }

    private static bool ReadName(ref Utf8JsonReader reader, out string name)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            name = "";
            return false;
        }

        name = reader.GetString()!;
        return reader.Read();
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.GetString() ?? throw new JsonException("A text of the peer info is null.");

    private static JsonException Missing(string name) => new($"The peer info has no '{name}'.");
}
