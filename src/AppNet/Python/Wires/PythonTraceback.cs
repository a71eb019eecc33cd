using System.Text;

namespace AppNet.Python.Wires;

/// <summary>The text by which errors travel on the Python wires. Never longer than a Python caller reads, unless nothing could be left out.</summary>
internal static class PythonTraceback
{
    private const string Header = "Traceback (most recent call last):\n";

    /// <summary>Returns a text as Python writes it.</summary>
    /// <param name="type">The exception's type.</param>
    /// <param name="message">Its message.</param>
    /// <param name="frames">Where it came from, the innermost first as .NET has it.</param>
    /// <returns>The text.</returns>
    public static string Write(string type, string message, IEnumerable<string> frames)
    {
        var text = new StringBuilder(Header);
        foreach (var frame in frames.Reverse())
        {
            _ = text.Append("  ").Append(frame).Append('\n');
        }

        return text.Append(type).Append(": ").Append(message).Append('\n').ToString();
    }

    /// <summary>Takes such a text apart.</summary>
    /// <param name="traceback">The text.</param>
    /// <returns>The exception's type and message.</returns>
    public static (string Type, string Message) Read(string traceback)
    {
        // The last of several: one exception may have come while another was handled.
        var lines = traceback.TrimEnd('\n').Split('\n');
        var first = Array.FindLastIndex(lines, line => line.StartsWith("Traceback", StringComparison.Ordinal)) + 1;
        while (first < lines.Length && lines[first].StartsWith(' '))
        {
            first++;
        }

        var exception = string.Join('\n', lines[Math.Min(first, lines.Length - 1)..]);
        var colon = exception.IndexOf(": ", StringComparison.Ordinal);
        var isNamed = colon > 0 && exception.AsSpan(0, colon).IndexOfAny(" \n") < 0;
        return isNamed ? (exception[..colon], exception[(colon + 2)..])
            : exception.AsSpan().IndexOfAny(" \n") < 0 && exception.Length > 0 ? (exception.TrimEnd(':'), "")
            : ("Exception", exception);
    }
}
