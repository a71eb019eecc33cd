using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>A call of a function in this process: the pipeline of a remote call less the wire.</summary>
/// <typeparam name="TResult">The result.</typeparam>
internal sealed class LocalCall<TResult> : Invocation
{
    private readonly CancellationToken _cancellationToken;
    private Task<TResult>? _result;

    private LocalCall(string tag, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        Context = new CallContext(tag, caller: null, deadline: null, TimeProvider.System, cancellationToken);
    }

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _cancellationToken;

    /// <inheritdoc/>
    public override JsonSerializerOptions SerializerOptions =>
        throw new InvalidOperationException("The arguments and the result of a local call are not serialized.");

    /// <summary>Gets the call's context.</summary>
    internal override object Context { get; }

    /// <summary>Runs a function.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <param name="definition">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The function's result.</returns>
    public static Task<TResult> RunAsync<TArguments>(
        ConnectionDefinition<TArguments, TResult> definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        var call = new LocalCall<TResult>(definition.Tag, cancellationToken);
        try
        {
            definition.InvokeLocally(in arguments, call);
            return call._result ?? throw new InvalidOperationException($"'{definition.Tag}' has returned without a result.");
        }
        catch (Exception exception)
        {
            // As an async method does: what is thrown shows when the task is awaited.
            return Task.FromException<TResult>(exception);
        }
    }

    /// <inheritdoc/>
    public override void Return() => _result = Task.FromResult<TResult>(default!);

    /// <inheritdoc/>
    public override void Return<T>(T result, ValueCodec<T> codec) => _result = Task.FromResult((TResult)(object)result!);

    /// <inheritdoc/>
    public override void Return(Task task) => _result = AwaitAsync(new ValueTask(task));

    /// <inheritdoc/>
    public override void Return(ValueTask task) => _result = AwaitAsync(task);

    /// <inheritdoc/>
    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => _result = (Task<TResult>)(object)task;

    /// <inheritdoc/>
    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec) => _result = (Task<TResult>)(object)task.AsTask();

    private static async Task<TResult> AwaitAsync(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return default!;
    }
}
