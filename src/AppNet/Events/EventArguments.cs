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
    private readonly ArgumentList _arguments = new();

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
    public int Count => _arguments.Count;

    /// <summary>Gets the names of the arguments given by name.</summary>
    public IReadOnlyList<string> Names => _arguments.Names;

    /// <summary>Gets whether any argument is given by name.</summary>
    internal bool HasNames => _arguments.HasNames;

    /// <summary>Gets or changes an argument given by position.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public object? this[int index]
    {
        get => _arguments[Checked(index)];
        set => _arguments[Checked(index)] = value;
    }

    /// <summary>Gets an argument given by name, gives it, or changes it.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="KeyNotFoundException">It is not given by name.</exception>
    public object? this[string name]
    {
        get => _arguments.Get(name);
        set => _arguments.Set(name, new CallArgument(value));
    }

    /// <summary>Gives the next argument by position.</summary>
    /// <param name="value">The argument.</param>
    public void Add(object? value) => _arguments.Add(new CallArgument(value));

    /// <summary>Gives the next argument by position, written as told, also in trimmed programs.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    public void Add<T>(T value, JsonTypeInfo<T> typeInfo) => _arguments.Add(ArgumentList.Typed(value, typeInfo));

    /// <summary>Gives or changes an argument by name, written as told, also in trimmed programs.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    public void SetNamed<T>(string name, T value, JsonTypeInfo<T> typeInfo) =>
        _arguments.Set(name, ArgumentList.Typed(value, typeInfo));

    /// <summary>Enumerates the arguments: first those by position, then those by name.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<object?> GetEnumerator() => _arguments.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes all arguments; the writer is not ended.</summary>
    /// <param name="writer">Where they go.</param>
    /// <exception cref="NetException">One can't be serialized, or they are too large.</exception>
    internal void WriteTo(ref ArgumentWriter writer) => _arguments.WriteTo(ref writer);

    private int Checked(int index) => (uint)index < (uint)_arguments.PositionalCount
        ? index
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, string.Create(CultureInfo.InvariantCulture, $"The event has {_arguments.PositionalCount} arguments by position."));
}
