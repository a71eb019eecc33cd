using AppNet.Links;
using AppNet.Python.Wires;
using AppNet.Transport;

namespace AppNet.Python;

/// <summary>
/// Serves Python callers: one request and one answer for each that connects, each on its own, a bounded number at once. Safe for use from
/// many threads.
/// </summary>
internal sealed class PythonDoor : IAsyncDisposable
{
    // How long a caller may take to close its side after the answer. Closing before it has could take the answer from it.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly PythonSetup _setup;
    private readonly PythonFunctions _functions;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskTally _open = new(PythonLimits.Conversations);

    /// <summary>Opens the door.</summary>
    /// <param name="setup">The peer.</param>
    /// <param name="functions">What is served.</param>
    public PythonDoor(PythonSetup setup, PythonFunctions functions)
    {
        _setup = setup;
        _functions = functions;
    }

    /// <summary>Serves a caller. Returns at once.</summary>
    /// <param name="duplex">The caller; closed in the end.</param>
    /// <param name="family">The wire.</param>
    /// <param name="first">What has arrived of its request.</param>
    public void Take(IDuplex duplex, PythonFamily family, ReadOnlyMemory<byte> first)
    {
        if (_open.TryBegin())
        {
            // Ends what it has begun whatever happens: the tally is awaited at the end.
            _ = Task.Run(() => HoldAsync(duplex, family, first));
            return;
        }

        duplex.Dispose();
        Log.PythonOverload(_setup.Logger, duplex.Info.Remote, PythonLimits.Conversations);
    }

    /// <summary>Finishes what runs for as long as it may take, then ends it. Who has connected before may still be handed in.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when nobody is served any more.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var closed = _open.CloseAsync();
        await closed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await closed.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task HoldAsync(IDuplex duplex, PythonFamily family, ReadOnlyMemory<byte> first)
    {
        try
        {
            var answer = await AnswerAsync(duplex, family, first).ConfigureAwait(false);
            await duplex.SendAsync([answer], _stop.Token).ConfigureAwait(false);
            duplex.CompleteSending();
            await DrainAsync(duplex).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.PythonRequestEnded(_setup.Logger, duplex.Info.Remote, exception.Message);
        }
        finally
        {
            duplex.Dispose();
            _open.End();
        }
    }

    private async Task<byte[]> AnswerAsync(IDuplex duplex, PythonFamily family, ReadOnlyMemory<byte> first)
    {
        PythonRequest? request;
        try
        {
            request = await ReceiveAsync(duplex, family, first).ConfigureAwait(false);
        }
        catch (PythonFormatException exception)
        {
            Log.PythonRequestBad(_setup.Logger, duplex.Info.Remote, exception.Type, exception.Message);
            return PythonAnswer.Error(family, exception.Type, exception.Message, []);
        }

        return request is null
            ? PythonAnswer.Flag(family, Flag.Null)
            : await _functions.RunAsync(request, family, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Receives until the request is whole, within the time of a handshake.</summary>
    private async Task<PythonRequest?> ReceiveAsync(IDuplex duplex, PythonFamily family, ReadOnlyMemory<byte> first)
    {
        using var limit = new CancellationTokenSource(_setup.Links.HandshakeTimeout, _setup.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        var assembly = new RequestAssembly(family);
        var isWhole = assembly.Add(first.Span);
        var buffer = isWhole ? [] : new byte[PythonLimits.Message];
        while (!isWhole)
        {
            var count = await ReceiveInTimeAsync(duplex, buffer, limit, either.Token).ConfigureAwait(false);
            if (count == 0)
            {
                assembly.End();
                break;
            }

            isWhole = assembly.Add(buffer.AsSpan(0, count));
        }

        return PythonRequest.Read(assembly.Json.Span, family);
    }

    private async ValueTask<int> ReceiveInTimeAsync(
        IDuplex duplex, byte[] buffer, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        try
        {
            return await duplex.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            throw new PythonFormatException(
                "TimeoutError", FormattableString.Invariant($"The request was not whole within {_setup.Links.HandshakeTimeout.TotalSeconds:0.#} s"));
        }
    }

    /// <summary>Reads what the caller may still send, until it closes.</summary>
    private async Task DrainAsync(IDuplex duplex)
    {
        using var limit = new CancellationTokenSource(LastWords, _setup.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        var buffer = new byte[PythonLimits.Message];
        for (var left = PythonLimits.Request; left > 0;)
        {
            var count = await duplex.ReceiveAsync(buffer, either.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            left -= count;
        }
    }
}
