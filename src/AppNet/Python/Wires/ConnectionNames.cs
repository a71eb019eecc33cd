using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AppNet.Python.Wires;

/// <summary>How functions are named on the Python wires. docs/python.md.</summary>
internal static class ConnectionNames
{
    /// <summary>Where the default functions are.</summary>
    public const string Defaults = "net.defaults.handlers.";

    /// <summary>Returns the 0.4 name of a function that has no tag: the base64 of <c>module.function</c>.</summary>
    /// <param name="name">The function.</param>
    /// <returns>The name.</returns>
    public static string Untagged(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    /// <summary>Returns the 0.4 name of a function that has a tag: the base64 of the tag wrapped as values are.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The name.</returns>
    public static string Tagged(string tag)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"raw\": "u8);
        PythonText.Write(tag, json);
        json.Write("}"u8);
        return Convert.ToBase64String(json.WrittenSpan);
    }

    /// <summary>Returns the names under which a function of a peer may be found, the likelier one first.</summary>
    /// <param name="tag">The function's tag as our own wire has it.</param>
    /// <param name="family">The wire.</param>
    /// <returns>One name, or two.</returns>
    public static string[] Of(string tag, PythonFamily family) => family switch
    {
        PythonFamily.V06 => [tag],
        _ when tag.StartsWith(Defaults, StringComparison.Ordinal) => [Untagged(tag)],
        _ when tag.Contains('.', StringComparison.Ordinal) => [Untagged(tag), Tagged(tag)],
        _ => [Tagged(tag), Untagged(tag)],
    };

    /// <summary>Finds the function that a Python caller names.</summary>
    /// <param name="name">The name as it travelled.</param>
    /// <param name="family">The wire.</param>
    /// <param name="functions">The functions.</param>
    /// <returns>The function, or null.</returns>
    public static Connection? Find(string name, PythonFamily family, IReadOnlyList<Connection> functions)
    {
        if (family == PythonFamily.V06)
        {
            return ByTag(name) ?? ByName(name);
        }

        // Names are compared as texts: another spelling of the same base64 or JSON is another name.
        if (Plain(name) is not { } plain)
        {
            return null;
        }

        if (plain.StartsWith("{\"raw\": ", StringComparison.Ordinal))
        {
            return TagIn(plain) is { } tag && string.Equals(Tagged(tag), name, StringComparison.Ordinal) ? ByTag(tag) : null;
        }

        return ByName(plain) ?? (IsPath(plain) ? ByTag(plain) : null);

        Connection? ByTag(string tag) => functions.FirstOrDefault(function => string.Equals(function.Tag, tag, StringComparison.Ordinal));

        // A delegate's name is its tag, which has a form of its own.
        Connection? ByName(string text) => functions.FirstOrDefault(function =>
            string.Equals(function.Name, text, StringComparison.Ordinal) && (IsPath(text) || family == PythonFamily.V06));
    }

    private static bool IsPath(string name) => name.Contains('.', StringComparison.Ordinal);

    private static string? Plain(string name)
    {
        var bytes = new byte[name.Length];
        return Convert.TryFromBase64String(name, bytes, out var length) && string.Equals(Convert.ToBase64String(bytes, 0, length), name, StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private static string? TagIn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("raw", out var raw) && raw.ValueKind == JsonValueKind.String ? raw.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
