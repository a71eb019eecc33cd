namespace AppNet;

/// <summary>
/// Ends a function with a flag: thrown in a connected function it travels as the flag's name, and the handler that the caller has for it
/// runs there. It reaches the caller itself only when the caller has no handler, or when the method was called directly.
/// </summary>
public sealed class FlagException : Exception
{
    /// <summary>Raises a flag.</summary>
    /// <param name="name">The flag's name: 1 to 256 bytes of UTF-8.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public FlagException(string name)
        : this(name, $"The flag '{name}' was raised.", innerException: null)
    {
        Flag.CheckName(name);
    }

    /// <summary>Raises a flag because of something.</summary>
    /// <param name="name">The flag's name: 1 to 256 bytes of UTF-8.</param>
    /// <param name="innerException">What led to it; it does not travel.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public FlagException(string name, Exception? innerException)
        : this(name, $"The flag '{name}' was raised.", innerException)
    {
        Flag.CheckName(name);
    }

    internal FlagException(string name, string message, Exception? innerException)
        : base(message, innerException)
    {
        Name = name;
    }

    /// <summary>Gets the flag's name.</summary>
    public string Name { get; }
}
