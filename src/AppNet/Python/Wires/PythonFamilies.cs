namespace AppNet.Python.Wires;

/// <summary>Tells the two Python wires from each other and from all else.</summary>
internal static class PythonFamilies
{
    /// <summary>Returns a family's name, as info shows it in place of a version.</summary>
    /// <param name="family">The family.</param>
    /// <returns><c>0.4</c> or <c>0.6</c>.</returns>
    public static string NameOf(PythonFamily family) => family == PythonFamily.V04 ? "0.4" : "0.6";

    /// <summary>Finds a family by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The family, or null.</returns>
    public static PythonFamily? Find(string name) => name switch
    {
        "0.4" => PythonFamily.V04,
        "0.6" => PythonFamily.V06,
        _ => null,
    };

    /// <summary>
    /// Tells by the first byte whether a Python peer speaks. A request of the 0.6 wire is JSON, and what its callers send begins with a
    /// brace; one of the 0.4 wire is the base64 of JSON, which begins with one of a few letters, never with <c>A</c> as our own preface
    /// does. TLS begins with 0x16.
    /// </summary>
    /// <param name="first">The first byte.</param>
    /// <returns>The family, or null: no Python peer.</returns>
    public static PythonFamily? Recognise(byte first) => first switch
    {
        (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') => PythonFamily.V06,
        (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => PythonFamily.V06,
        (byte)'n' or (byte)'t' or (byte)'f' => PythonFamily.V06,

        // What {, [, a string, a sign, a digit, null, true, false and white space begin with in base64.
        (byte)'e' or (byte)'W' or (byte)'I' or (byte)'L' or (byte)'M' or (byte)'N' or (byte)'O' => PythonFamily.V04,
        (byte)'b' or (byte)'d' or (byte)'Z' or (byte)'C' or (byte)'D' => PythonFamily.V04,
        _ => null,
    };
}
