using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace AppNet.Python.Wires;

/// <summary>What a peer says of itself on the Python wires.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port.</param>
/// <param name="Group">The group; null: none.</param>
/// <param name="IsHub">Whether it is a hub.</param>
internal sealed record PythonInfo(string Host, int Port, string? Group, bool IsHub)
{
    // A name whose last part is one of these breaks the caller's peer object, or ends its sweep.
    private static readonly string[] Unlisted =
    [
        "host", "port", "hub", "group", "server", "execute", "registered_connections", "registered_subscriptions", "registered_flags",
    ];

    /// <summary>Gets the path of its program.</summary>
    public string Executable { get; init; } = "";

    /// <summary>Gets its user.</summary>
    public string User { get; init; } = "";

    /// <summary>Gets the names of its functions: on the 0.6 wire only.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <summary>Gets the names of the events that others have subscribed to: on the 0.6 wire only.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>Gets the names of its flags: on the 0.6 wire only.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Reads what a Python peer says.</summary>
    /// <param name="json">Strict JSON.</param>
    /// <returns>The info, or null when it is none.</returns>
    public static PythonInfo? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null : new PythonInfo(
                root.GetProperty("host").GetString()!,
                root.GetProperty("port").GetInt32(),
                GroupOf(root.GetProperty("group").GetString()),
                root.GetProperty("hub").ValueKind == JsonValueKind.True)
            {
                Executable = TextOf(root, "executable"),
                User = TextOf(root, "user"),
                Connections = ListOf(root, "connections"),
                Subscriptions = ListOf(root, "subscriptions"),
                Flags = ListOf(root, "flags"),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes an info as the answer to a Python caller: within what it reads, for which functions may be left off the list.</summary>
    /// <param name="family">The wire.</param>
    /// <returns>Strict JSON.</returns>
    public ReadOnlyMemory<byte> Write(PythonFamily family)
    {
        if (family == PythonFamily.V04)
        {
            return Write04();
        }

        string[] defaults = [.. Connections.Where(IsDefault)];
        string[] own = [.. Connections.Where(name => !IsDefault(name) && !Unlisted.Contains(LastPartOf(name), StringComparer.Ordinal))];

        // What can't be listed can still be called. Subscribing needs its function on the list.
        for (var kept = own.Length; ; kept--)
        {
            string[] listed = [.. own[..kept].Concat(defaults).Order(StringComparer.Ordinal)];
            var json = Write06(listed);
            var text = new ArrayBufferWriter<byte>();
            PythonJsonWriter.Write(json.Span, text);
            if (text.WrittenCount <= PythonLimits.Message || kept == 0)
            {
                return json;
            }
        }
    }

    private static bool IsDefault(string name) => name.StartsWith(ConnectionNames.Defaults, StringComparison.Ordinal);

    private static string LastPartOf(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static string? GroupOf(string? group) => group is null || group is PeerIdRules.NoGroup || PeerIdRules.ProblemOfGroup(group) is not null ? null : group;

    private static string TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string[] ListOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.String).Select(element => element.GetString()!)]
            : [];

    private ReadOnlyMemory<byte> Write04() => Json(writer =>
    {
        writer.WriteString("group", Group ?? PeerIdRules.NoGroup);
        writer.WriteString("host", Host);
        writer.WriteNumber("port", Port);
        writer.WriteBoolean("hub", IsHub);
        writer.WriteString("executable", Executable);
        writer.WriteString("user", User);
    });

    private ReadOnlyMemory<byte> Write06(IReadOnlyList<string> listed) => Json(writer =>
    {
        writer.WriteString("tag", string.Create(
            CultureInfo.InvariantCulture,
            $"<net.Peer h:{Host} p:{Port} g:{Group ?? PeerIdRules.NoGroup} c:{Connections.Count} s:{Subscriptions.Count} f:{Flags.Count}>"));
        writer.WriteString("host", Host);
        writer.WriteNumber("port", Port);
        writer.WriteString("user", User);
        writer.WriteString("executable", Executable);
        writer.WriteString("group", Group ?? PeerIdRules.NoGroup);
        writer.WriteBoolean("hub", IsHub);
        WriteList(writer, "connections", listed);
        WriteList(writer, "subscriptions", Subscriptions);
        WriteList(writer, "flags", Flags);
    });

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return json.WrittenMemory;
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
