using System.Text.Json.Serialization.Metadata;

namespace AppNet.Connections;

/// <summary>Arguments by position, then by name, each name once. Not for several threads at once.</summary>
internal sealed class ArgumentList
{
    private readonly List<CallArgument> _positional = [];

    // Few enough that searching them is cheaper than hashing.
    private readonly List<(string Name, CallArgument Argument)> _named = [];

    /// <summary>Gets how many arguments there are.</summary>
    public int Count => _positional.Count + _named.Count;

    /// <summary>Gets how many are given by position.</summary>
    public int PositionalCount => _positional.Count;

    /// <summary>Gets the names, in the order in which they were given.</summary>
    public IReadOnlyList<string> Names => [.. _named.Select(named => named.Name)];

    /// <summary>Gets whether any argument is given by name.</summary>
    public bool HasNames => _named.Count > 0;

    /// <summary>Gets the values: first those by position, then those by name.</summary>
    public IEnumerable<object?> Values =>
        _positional.Concat(_named.Select(named => named.Argument)).Select(argument => argument.Value);

    /// <summary>Gets or changes an argument by position.</summary>
    /// <param name="index">Its index, in range.</param>
    /// <returns>The argument.</returns>
    public object? this[int index]
    {
        get => _positional[index].Value;
        set => _positional[index] = new CallArgument(value);
    }

    /// <summary>Makes an argument that is written as told.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    /// <returns>The argument.</returns>
    public static CallArgument Typed<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new CallArgument(value, typeInfo);
    }

    /// <summary>Gives the next argument by position.</summary>
    /// <param name="argument">The argument.</param>
    public void Add(CallArgument argument) => _positional.Add(argument);

    /// <summary>Gives an argument by name, if there is none by that name.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>Whether there was none.</returns>
    public bool TryAdd(string name, CallArgument argument)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IndexOf(name) >= 0)
        {
            return false;
        }

        _named.Add((name, argument));
        return true;
    }

    /// <summary>Gives or changes an argument by name.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="argument">The argument.</param>
    public void Set(string name, CallArgument argument)
    {
        if (!TryAdd(name, argument))
        {
            _named[IndexOf(name)] = (name, argument);
        }
    }

    /// <summary>Returns an argument given by name.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public object? Get(string name) => IndexOf(name) is int index and >= 0
        ? _named[index].Argument.Value
        : throw new KeyNotFoundException($"There is no argument by the name '{name}'.");

    /// <summary>Writes all arguments; the writer is not ended.</summary>
    /// <param name="writer">Where they go.</param>
    /// <exception cref="NetException">One can't be serialized, or they are too large.</exception>
    public void WriteTo(ref ArgumentWriter writer)
    {
        foreach (CallArgument argument in _positional)
        {
            writer.Write(CallArgument.Codec, argument);
        }

        if (HasNames)
        {
            writer.WriteNamed(_named);
        }
    }

    private int IndexOf(string name) => _named.FindIndex(named => string.Equals(named.Name, name, StringComparison.Ordinal));
}
