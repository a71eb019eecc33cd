namespace AppNet;

/// <summary>
/// Makes a method the handler of a flag: it runs here when a function that was called from here answers with the flag, and what
/// it returns becomes the call's result; or it throws.
/// </summary>
/// <remarks>
/// For static methods that take a <c>FlagContext</c> or nothing. The value is converted to the result's type. Of two
/// handlers of one flag the last one wins, with a warning; those of <c>NULL</c> and <c>INVALID_CONNECTION</c> are built in and replaced so.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FlagAttribute : Attribute
{
    /// <summary>Makes the method the handler of a flag.</summary>
    /// <param name="name">The flag's name: 1 to 256 bytes of UTF-8.</param>
    public FlagAttribute(string name)
    {
        Name = name;
    }

    /// <summary>Gets the flag's name.</summary>
    public string Name { get; }
}
