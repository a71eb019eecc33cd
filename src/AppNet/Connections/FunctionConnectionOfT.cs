namespace AppNet.Connections;

/// <summary>Reads all arguments of a function.</summary>
/// <typeparam name="TArguments">The arguments together.</typeparam>
/// <param name="reader">Where they come from.</param>
/// <returns>The arguments.</returns>
internal delegate TArguments ArgumentsReading<TArguments>(ref ArgumentReader reader);

/// <summary>Writes all arguments of a function.</summary>
/// <typeparam name="TArguments">The arguments together.</typeparam>
/// <param name="writer">Where they go.</param>
/// <param name="arguments">The arguments.</param>
internal delegate void ArgumentsWriting<TArguments>(ref ArgumentWriter writer, in TArguments arguments);

/// <summary>Runs a function and returns its result to the call.</summary>
/// <typeparam name="TArguments">The arguments together.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="arguments">The arguments.</param>
/// <param name="invocation">The call.</param>
/// <param name="codec">How the result is written.</param>
internal delegate void FunctionRunning<TArguments, TResult>(
    in TArguments arguments,
    Invocation invocation,
    ValueCodec<TResult> codec);

/// <summary>A function put together from delegates, without reflection.</summary>
/// <typeparam name="TArguments">The arguments together.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
internal sealed class FunctionConnection<TArguments, TResult> : ConnectionDefinition<TArguments, TResult>
    where TArguments : struct
{
    private readonly ArgumentsReading<TArguments> _read;
    private readonly ArgumentsWriting<TArguments> _write;
    private readonly FunctionRunning<TArguments, TResult> _run;

    internal FunctionConnection(
        string tag,
        IReadOnlyList<ConnectionParameter> parameters,
        ArgumentsReading<TArguments> read,
        ArgumentsWriting<TArguments> write,
        FunctionRunning<TArguments, TResult> run,
        ValueCodec<TResult> resultCodec,
        bool isCancellable)
        : base(tag, tag, parameters, typeof(TResult))
    {
        ConnectionTag.Check(tag);
        _read = read;
        _write = write;
        _run = run;
        ResultCodec = resultCodec;
        IsCancellable = isCancellable;
    }

    /// <inheritdoc/>
    public override ValueCodec<TResult> ResultCodec { get; }

    /// <inheritdoc/>
    public override bool IsCancellable { get; }

    /// <inheritdoc/>
    public override void WriteArguments(ref ArgumentWriter writer, in TArguments arguments) =>
        _write(ref writer, in arguments);

    /// <inheritdoc/>
    public override void Invoke(ref ArgumentReader arguments, Invocation invocation)
    {
        TArguments values = _read(ref arguments);
        invocation.Begin(ref arguments);
        _run(in values, invocation, ResultCodec);
    }

    /// <inheritdoc/>
    public override void InvokeLocally(in TArguments arguments, Invocation invocation) =>
        _run(in arguments, invocation, ResultCodec);
}
