using System.Diagnostics;
using System.Text.Json;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Diagnostics;
using AppNet.Python.Wires;
using AppNet.Wire;

namespace AppNet.Python;

/// <summary>One function that runs for a Python caller, from its arguments to its answer.</summary>
internal sealed class PythonInvocation : Invocation, IDisposable
{
    private readonly PythonSetup _setup;
    private readonly Connection _function;
    private readonly PythonFamily _family;
    private readonly TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly CallContext _context;

    private PythonInvocation(PythonSetup setup, Connection function, PythonFamily family, TimeSpan? timeOut, CancellationToken stop)
    {
        _setup = setup;
        _function = function;
        _family = family;
        _limit = new CancellationTokenSource(timeOut ?? Timeout.InfiniteTimeSpan, setup.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, stop);
        var deadline = timeOut is { } left ? setup.Time.GetTimestamp() + (long)(left.TotalSeconds * setup.Time.TimestampFrequency) : (long?)null;
        _context = new CallContext(function.Tag, caller: null, deadline, setup.Time, trace: default, _either.Token);
    }

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _either.Token;

    /// <inheritdoc/>
    public override JsonSerializerOptions SerializerOptions => _setup.Calls.Options.SerializerOptions;

    /// <inheritdoc/>
    internal override object Context => _context;

    /// <summary>Runs a function.</summary>
    /// <param name="setup">The peer.</param>
    /// <param name="function">The function.</param>
    /// <param name="request">What it is given.</param>
    /// <param name="family">The wire.</param>
    /// <param name="stop">Ends when the peer waits for functions no longer: then the answer does not come.</param>
    /// <returns>All bytes of the answer, whatever the function does.</returns>
    public static async Task<byte[]> RunAsync(
        PythonSetup setup, Connection function, PythonRequest request, PythonFamily family, CancellationToken stop)
    {
        Log.PythonCallTaken(setup.Logger, function.Tag);
        var beganAt = Stopwatch.GetTimestamp();
        Telemetry.Calls.Add(1, Telemetry.Callee, Telemetry.Function(function.Tag));
        Telemetry.Pending.Add(1, Telemetry.Callee);
        using var invocation = new PythonInvocation(setup, function, family, request.TimeOut, stop);
        try
        {
            // As every function it finds this peer as the current one, and nothing of others.
            ExecutionContext.Run(setup.Calls.Context.CreateCopy(), _ => invocation.Invoke(request), state: null);
            return await invocation._answer.Task.WaitAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            Telemetry.Pending.Add(-1, Telemetry.Callee);
            Telemetry.Duration.Record(Stopwatch.GetElapsedTime(beganAt).TotalSeconds, Telemetry.Callee, Telemetry.Function(function.Tag));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }

    /// <inheritdoc/>
    public override void Return() => _ = _answer.TrySetResult(PythonAnswer.Value(_family, "null"u8, _function.Tag));

    /// <inheritdoc/>
    public override void Return<T>(T result, ValueCodec<T> codec)
    {
        if (result is Flag flag)
        {
            ReturnFlag(flag.Name);
            return;
        }

        var buffer = PayloadBuffer.Rent(_setup.Calls.Options.MaxMessageBytes);
        try
        {
            ResultPayload.Write(buffer, codec, result, _function.Tag, SerializerOptions);
            _ = _answer.TrySetResult(PythonAnswer.Value(_family, buffer.WrittenSpan, _function.Tag));
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public override void Return(Task task) => Return(new ValueTask(task));

    /// <inheritdoc/>
    public override void Return(ValueTask task) => _ = AwaitAsync(task);

    /// <inheritdoc/>
    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => Return(new ValueTask<T>(task), codec);

    /// <inheritdoc/>
    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec) => _ = AwaitAsync(task, codec);

    private void Invoke(PythonRequest request)
    {
        try
        {
            var definition = _function.Definition;
            var payload = request.WriteArguments(definition, out var isNamed);
            var arguments = new ArgumentReader(payload.Span, isNamed, trailingDefaults: 0, definition, SerializerOptions);
            definition.Invoke(ref arguments, this);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    // Both end in an answer whatever happens: nothing is left to observe.
    private async Task AwaitAsync(ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
            Return();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task AwaitAsync<T>(ValueTask<T> task, ValueCodec<T> codec)
    {
        try
        {
            Return(await task.ConfigureAwait(false), codec);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void ReturnFlag(string name) => _ = _answer.TrySetResult(PythonAnswer.FlagOfFunction(_family, name));

    private void Fail(Exception exception)
    {
        if (exception is FlagException flag)
        {
            ReturnFlag(flag.Name);
            return;
        }

        Log.PythonFunctionFailed(_setup.Logger, exception, _function.Tag);
        var remote = RemoteErrors.Describe(exception);
        var answer = exception is NetException { Error: NetError.BadArguments } && !HasBegun
            ? PythonAnswer.Error(_family, "TypeError", remote.Message, [])
            : PythonAnswer.Error(_family, remote.Type, remote.Message, FramesOf(remote.StackTrace));
        _ = _answer.TrySetResult(answer);
    }

    private static string[] FramesOf(string? stack) =>
        stack?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
