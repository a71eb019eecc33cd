using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using AppNet.Connections;

namespace AppNet;

/// <summary>
/// The arguments of an event, by position and by name, which may be changed: <c>[5, "a"]</c>, or
/// <c>new EventArguments(5) { ["path"] = "a" }</c>, then <c>arguments[0] = 6</c>. Each is written as its run-time type says, unless a
/// <see cref="JsonTypeInfo{T}"/> says how. Not for several threads at once.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Named for what it is in an event.")]
public sealed class EventArguments : IEnumerable<object?>
{
    private readonly List<CallArgument> _positional = [];

    // Few enough that searching them is cheaper than hashing.
    private readonly List<(string Name, CallArgument Argument)> _named = [];

    /// <summary>Starts without arguments.</summary>
    public EventArguments()
    {
    }

    /// <summary>Starts with one argument by position; an array stays one argument.</summary>
    /// <param name="first">The first argument.</param>
    public EventArguments(object? first) => Add(first);

    /// <summary>Starts with arguments by position.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    public EventArguments(object? first, object? second)
        : this(first) => Add(second);

    /// <summary>Starts with arguments by position; for more, use <c>[…]</c> or <see cref="Add(object?)"/>.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    public EventArguments(object? first, object? second, object? third)
        : this(first, second) => Add(third);

    /// <summary>Gets how many arguments there are.</summary>
    public int Count => _positional.Count + _named.Count;

    /// <summary>Gets the names of the arguments given by name.</summary>
    public IReadOnlyList<string> Names => [.. _named.Select(named => named.Name)];

    /// <summary>Gets whether any argument is given by name.</summary>
    internal bool HasNames => _named.Count > 0;

    /// <summary>Gets or changes an argument given by position.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public object? this[int index]
    {
        get => _positional[Checked(index)].Value;
        set => _positional[Checked(index)] = new CallArgument(value);
    }

    /// <summary>Gets an argument given by name, gives it, or changes it.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="KeyNotFoundException">It is not given by name.</exception>
    public object? this[string name]
    {
        get => IndexOf(name) is int index and >= 0
            ? _named[index].Argument.Value
            : throw new KeyNotFoundException($"There is no argument by the name '{name}'.");
        set => SetNamed(name, new CallArgument(value));
    }

    /// <summary>Gives the next argument by position.</summary>
    /// <param name="value">The argument.</param>
    public void Add(object? value) => _positional.Add(new CallArgument(value));

    /// <summary>Gives the next argument by position, written as told, also in trimmed programs.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    public void Add<T>(T value, JsonTypeInfo<T> typeInfo) => _positional.Add(Typed(value, typeInfo));

    /// <summary>Gives or changes an argument by name, written as told, also in trimmed programs.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    public void SetNamed<T>(string name, T value, JsonTypeInfo<T> typeInfo) => SetNamed(name, Typed(value, typeInfo));

    /// <summary>Enumerates the arguments: first those by position, then those by name.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<object?> GetEnumerator() =>
        _positional.Concat(_named.Select(named => named.Argument)).Select(argument => argument.Value).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes all arguments; the writer is not ended.</summary>
    /// <param name="writer">Where they go.</param>
    /// <exception cref="NetException">One can't be serialized, or they are too large.</exception>
    internal void WriteTo(ref ArgumentWriter writer)
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

    private static CallArgument Typed<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new CallArgument(value, typeInfo);
    }

    private int Checked(int index) => (uint)index < (uint)_positional.Count
        ? index
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, string.Create(CultureInfo.InvariantCulture, $"The event has {_positional.Count} arguments by position."));

    private void SetNamed(string name, CallArgument argument)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IndexOf(name) is int index and >= 0)
        {
            _named[index] = (name, argument);
        }
        else
        {
            _named.Add((name, argument));
        }
    }

    private int IndexOf(string name) => _named.FindIndex(named => string.Equals(named.Name, name, StringComparison.Ordinal));
}
