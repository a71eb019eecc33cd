using System.Diagnostics;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>A call of a function in this process: the pipeline of a remote call less the wire.</summary>
/// <typeparam name="TResult">The result.</typeparam>
internal sealed class LocalCall<TResult> : Invocation
{
    private readonly CancellationToken _cancellationToken;
    private readonly ConnectionDefinition _definition;
    private readonly ValueCodec<TResult> _codec;
    private readonly ICallOwner _owner;
    private readonly bool _isVerified;
    private Task<TResult>? _result;

    // Those of a verified call, whose arguments were written.
    private List<IReadOnlyList<ConnectionDefinition>>? _callbacks;

    private LocalCall(
        ConnectionDefinition definition, ValueCodec<TResult> codec, ICallOwner owner, CancellationToken cancellationToken)
    {
        _definition = definition;
        _codec = codec;
        _owner = owner;
        _isVerified = owner.VerifiesLocalCalls;
        _cancellationToken = cancellationToken;
        Context = new CallContext(
            definition.Tag, caller: null, deadline: null, TimeProvider.System, Activity.Current?.Context ?? default, cancellationToken);
    }

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _cancellationToken;

    /// <inheritdoc/>
    public override JsonSerializerOptions SerializerOptions => _owner.SerializerOptions;

    /// <inheritdoc/>
    internal override IServiceProvider? Services => _owner.Services;

    /// <summary>Gets the call's context.</summary>
    internal override object Context { get; }

    /// <summary>Runs a function.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <param name="definition">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="owner">The peer to which the call belongs.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The function's result.</returns>
    public static Task<TResult> RunAsync<TArguments>(
        ConnectionDefinition<TArguments, TResult> definition, in TArguments arguments, ICallOwner owner, CancellationToken cancellationToken)
        where TArguments : struct
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        var call = new LocalCall<TResult>(definition, definition.ResultCodec, owner, cancellationToken);
        var result = call.InvokeAsync(definition, in arguments);
        return call.TakeScope() is { } scope ? ServiceScopes.EndAfterAsync(result, scope) : result;
    }

    private Task<TResult> InvokeAsync<TArguments>(ConnectionDefinition<TArguments, TResult> definition, in TArguments arguments)
        where TArguments : struct
    {
        try
        {
            if (_isVerified)
            {
                InvokeVerified(definition, in arguments);
            }
            else
            {
                definition.InvokeLocally(in arguments, this);
            }

            return _result ?? throw new InvalidOperationException($"'{definition.Tag}' has returned without a result.");
        }
        catch (FlagException flag)
        {
            return HandleAsync(flag.Name, flag);
        }
        catch (Exception exception)
        {
            // As an async method does: what is thrown shows when the task is awaited.
            return Task.FromException<TResult>(exception);
        }
    }

    /// <inheritdoc/>
    internal override ProxyCaller? OpenCallback(int number) => number <= (_callbacks?.Count ?? 0)
        ? new LocalCallbackCaller(_callbacks![number - 1], _definition.Name, _owner, () => _result is { IsCompleted: true })
        : null;

    /// <inheritdoc/>
    public override void Return() => _result = Task.FromResult<TResult>(default!);

    /// <inheritdoc/>
    public override void Return<T>(T result, ValueCodec<T> codec) => _result = result is Flag flag
        ? HandleAsync(flag.Name, cause: null)
        : Task.FromResult(Verified((TResult)(object)result!));

    /// <inheritdoc/>
    public override void Return(Task task) => _result = AwaitAsync(new ValueTask(Checked(task, _definition.Tag)));

    /// <inheritdoc/>
    public override void Return(ValueTask task) => _result = AwaitAsync(task);

    /// <inheritdoc/>
    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => _result = AwaitAsync((Task<TResult>)(object)Checked(task, _definition.Tag));

    /// <inheritdoc/>
    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec) => _result = AwaitAsync((Task<TResult>)(object)task.AsTask());

    private async Task<TResult> AwaitAsync(ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
            return default!;
        }
        catch (FlagException flag)
        {
            return Resolve(flag.Name, flag);
        }
    }

    private async Task<TResult> AwaitAsync(Task<TResult> task)
    {
        TResult result;
        try
        {
            result = await task.ConfigureAwait(false);
        }
        catch (FlagException flag)
        {
            return Resolve(flag.Name, flag);
        }

        return result is Flag returned ? Resolve(returned.Name, cause: null) : Verified(result);
    }

    private Task<TResult> HandleAsync(string flag, FlagException? cause)
    {
        try
        {
            return Task.FromResult(Resolve(flag, cause));
        }
        catch (Exception exception)
        {
            return Task.FromException<TResult>(exception);
        }
    }

    private TResult Resolve(string flag, FlagException? cause) =>
        new RaisedFlag(flag, _definition.Tag, Peer: null, cause).Handle(_owner.Flags, _codec, SerializerOptions);

    /// <summary>Runs the function with arguments that were written and read as if they had travelled.</summary>
    private void InvokeVerified<TArguments>(ConnectionDefinition<TArguments, TResult> definition, in TArguments arguments)
        where TArguments : struct
    {
        var payload = PayloadBuffer.Rent(_owner.MaxMessageBytes);
        try
        {
            var streams = new LocalStreams();
            var writer = new ArgumentWriter(payload, SerializerOptions, definition, tag: null, streams);
            writer.TakeCallbacks();
            definition.WriteArguments(ref writer, in arguments);
            writer.End();
            _callbacks = writer.Callbacks;
            var reader = new ArgumentReader(
                payload.WrittenSpan, named: false, writer.TrailingDefaults, definition, SerializerOptions, isRaw: false, streams);
            reader.Invocation = this;
            definition.Invoke(ref reader, this);
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }

    /// <summary>Returns a result, written and read as if it had travelled when calls are verified.</summary>
    private TResult Verified(TResult result)
    {
        if (!_isVerified || _codec.IsStream)
        {
            return result;
        }

        var payload = PayloadBuffer.Rent(_owner.MaxMessageBytes);
        try
        {
            ResultPayload.Write(payload, _codec, result, _definition.Tag, SerializerOptions);
            return ResultPayload.Read(payload.WrittenSpan, _codec, _definition.Tag, SerializerOptions);
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }
}
