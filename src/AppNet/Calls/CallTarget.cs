using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>What is called: its tag, and how its arguments are written and its result is read. One object for many calls.</summary>
/// <typeparam name="TState">What the arguments are.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
internal sealed class CallTarget<TState, TResult>(
    string tag, ConnectionDefinition? definition, ValueCodec<TResult> resultCodec, Caller.ArgumentsWriter<TState> write)
{
    /// <summary>Gets the tag.</summary>
    public string Tag { get; } = tag;

    /// <summary>Gets what is called, for logs and messages: the tag, unless it is a callback.</summary>
    public string Name { get; init; } = tag;

    /// <summary>Gets the function, when its parameters are known here.</summary>
    public ConnectionDefinition? Definition => definition;

    /// <summary>Gets how the result is read.</summary>
    public ValueCodec<TResult> ResultCodec => resultCodec;

    /// <summary>Gets how the arguments are written.</summary>
    public Caller.ArgumentsWriter<TState> Write => write;
}
