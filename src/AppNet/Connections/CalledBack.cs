namespace AppNet.Connections;

/// <summary>A callback as whoever calls it sees it: its arguments are written as their run-time types say.</summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="name">The parameter's name.</param>
internal sealed class CalledBack<TResult>(string name)
    : ConnectionDefinition<ValueTuple<object?[]>, TResult>(string.Empty, name, [], typeof(TResult))
{
    /// <inheritdoc/>
    public override ValueCodec<TResult> ResultCodec { get; } = KnownCodecs.Of<TResult>();

    /// <inheritdoc/>
    public override bool IsImplemented => false;

    /// <inheritdoc/>
    public override void WriteArguments(ref ArgumentWriter writer, in ValueTuple<object?[]> arguments)
    {
        foreach (object? value in arguments.Item1)
        {
            writer.Write(CallArgument.Codec, new CallArgument(value));
        }
    }

    /// <inheritdoc/>
    public override void Invoke(ref ArgumentReader arguments, Invocation invocation) => throw NotHere();

    /// <inheritdoc/>
    public override void InvokeLocally(in ValueTuple<object?[]> arguments, Invocation invocation) => throw NotHere();

    private NotSupportedException NotHere() => new($"Only the other side has the callback '{Name}'.");
}
