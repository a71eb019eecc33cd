using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using AppNet.Connections;

namespace AppNet;

/// <summary>
/// The arguments of a call by tag, by position and by name: <c>[5, 10]</c>, or <c>new CallArguments(5) { ["val2"] = 10 }</c>.
/// Each is written as its run-time type says, unless a <see cref="JsonTypeInfo{T}"/> says how. Not for several threads at once.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Named for what it is in a call.")]
public sealed class CallArguments : IEnumerable<object?>
{
    private readonly ArgumentList _arguments = new();

    /// <summary>Starts without arguments.</summary>
    public CallArguments()
    {
    }

    /// <summary>Starts with one argument by position; an array stays one argument.</summary>
    /// <param name="first">The first argument.</param>
    public CallArguments(object? first) => Add(first);

    /// <summary>Starts with arguments by position.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    public CallArguments(object? first, object? second)
        : this(first) => Add(second);

    /// <summary>Starts with arguments by position; for more, use <c>[…]</c> or <see cref="Add(object?)"/>.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    public CallArguments(object? first, object? second, object? third)
        : this(first, second) => Add(third);

    /// <summary>Gets how many arguments there are.</summary>
    public int Count => _arguments.Count;

    /// <summary>Gets whether any argument is given by name.</summary>
    internal bool HasNames => _arguments.HasNames;

    /// <summary>Gets an argument given by name, or gives it.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentException">It is given already.</exception>
    /// <exception cref="KeyNotFoundException">It is not given by name.</exception>
    public object? this[string name]
    {
        get => _arguments.Get(name);
        set => AddNamed(name, value);
    }

    /// <summary>Gives the next argument by position.</summary>
    /// <param name="value">The argument.</param>
    public void Add(object? value) => _arguments.Add(new CallArgument(value));

    /// <summary>Gives the next argument by position, written as told, also in trimmed programs.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    public void Add<T>(T value, JsonTypeInfo<T> typeInfo) => _arguments.Add(ArgumentList.Typed(value, typeInfo));

    /// <summary>Gives the next argument by position: an implementation of a contract, which the function calls back while it runs.</summary>
    /// <typeparam name="T">The interface, which has <c>[PeerContract]</c>.</typeparam>
    /// <param name="implementation">The implementation.</param>
    /// <exception cref="ArgumentException">The interface is no contract.</exception>
    public void AddContract<T>(T implementation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(implementation);
        _arguments.Add(new CallArgument(new CallbackArgument(ContractCatalogue.Get<T>().Describe(implementation))));
    }

    /// <summary>Gives an argument by name.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <exception cref="ArgumentException">It is given already.</exception>
    public void AddNamed(string name, object? value) => AddNamed(name, new CallArgument(value));

    /// <summary>Gives an argument by name, written as told, also in trimmed programs.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="typeInfo">How it is written.</param>
    /// <exception cref="ArgumentException">It is given already.</exception>
    public void AddNamed<T>(string name, T value, JsonTypeInfo<T> typeInfo) => AddNamed(name, ArgumentList.Typed(value, typeInfo));

    /// <summary>Enumerates the arguments: first those by position, then those by name.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<object?> GetEnumerator() => _arguments.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes all arguments; the writer is not ended.</summary>
    /// <param name="writer">Where they go.</param>
    /// <exception cref="NetException">One can't be serialized, or they are too large.</exception>
    internal void WriteTo(ref ArgumentWriter writer) => _arguments.WriteTo(ref writer);

    private void AddNamed(string name, CallArgument argument)
    {
        if (!_arguments.TryAdd(name, argument))
        {
            throw new ArgumentException($"The argument '{name}' is given twice.", nameof(name));
        }
    }
}
