namespace AppNet.Python.Wires;

/// <summary>The two wires of the Python library, which don't understand each other. docs/python.md.</summary>
internal enum PythonFamily
{
    /// <summary>Base64 around JSON: 0.3 and 0.4.</summary>
    V04,

    /// <summary>Plain JSON: 0.6.</summary>
    V06,
}
