using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AppNet;

/// <summary>
/// An answer that is an instruction to the caller instead of a value, for functions that return <see cref="object"/>; others throw
/// a <see cref="FlagException"/>. The handler registered under its name runs at the caller.
/// </summary>
public sealed class Flag : IEquatable<Flag>
{
    /// <summary>The flag that says that there is no value. Its built-in handler gives the text <c>NULL</c>.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the flag's name.")]
    public const string Null = "NULL";

    /// <summary>
    /// The flag that says that the peer has no such function. Its built-in handler throws <see cref="NetError.NoSuchConnection"/>.
    /// </summary>
    public const string InvalidConnection = "INVALID_CONNECTION";

    /// <summary>How many bytes of UTF-8 a flag's name has at most.</summary>
    internal const int MaxNameBytes = 256;

    private Flag(string name)
    {
        Name = name;
    }

    /// <summary>Gets the flag's name.</summary>
    public string Name { get; }

    /// <summary>Returns a flag. A name without a handler here is fine: the handler is the caller's.</summary>
    /// <param name="name">The flag's name: 1 to 256 bytes of UTF-8.</param>
    /// <returns>The flag.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static Flag Of(string name)
    {
        CheckName(name);
        return new Flag(name);
    }

    /// <inheritdoc/>
    public bool Equals(Flag? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Flag);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    /// <summary>Checks a name that a user gave.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    internal static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var length = Encoding.UTF8.GetByteCount(name);
        if (length > MaxNameBytes)
        {
            throw new ArgumentException($"A flag's name has at most {MaxNameBytes} bytes of UTF-8, this one {length}.", nameof(name));
        }
    }
}
