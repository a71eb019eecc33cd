namespace AppNet.Python.Wires;

/// <summary>Something on a Python wire can't be read. The message is made for the other side: it quotes nothing of it.</summary>
/// <param name="type">The type of exception that Python would have raised.</param>
/// <param name="message">What is wrong.</param>
internal sealed class PythonFormatException(string type, string message) : FormatException(message)
{
    /// <summary>Gets the type of exception that Python would have raised.</summary>
    public string Type { get; } = type;
}
