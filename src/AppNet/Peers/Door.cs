using System.Diagnostics.CodeAnalysis;
using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// One listener and those between it and the inside. Who says nothing waits in the <see cref="Anteroom"/>; the first byte tells who it
/// is: a Python peer, which is handed on, or one of ours, which needs one of a bounded number of places for its handshake. What a stranger
/// does at one door delays nobody at another.
/// </summary>
internal sealed class Door : IAsyncDisposable
{
    private const int MaxHandshakes = 256;
    private const int MaxSilent = 1_024;
    private const int MaxVisits = 2 * MaxSilent;

    // Long enough not to spin while the process has no file to spare, short beside what a dialling peer is willing to wait.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IDuplexListener _listener;
    private readonly PythonGate _python;
    private readonly Func<IDuplex, ReadOnlyMemory<byte>, Task> _letIn;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stop;
    private readonly Anteroom _anteroom;
    private readonly SemaphoreSlim _places = new(MaxHandshakes);
    private readonly TaskTally _visits = new(MaxVisits);
    private readonly Task _loop;

    /// <summary>Opens the door.</summary>
    /// <param name="listener">Where others knock.</param>
    /// <param name="options">How long they may say nothing.</param>
    /// <param name="python">Takes Python peers.</param>
    /// <param name="letIn">Sees to one of ours, of whom these bytes have arrived. It does not fail.</param>
    /// <param name="logger">Where a listener that fails is reported.</param>
    /// <param name="stop">Closes the door.</param>
    public Door(
        IDuplexListener listener,
        LinkOptions options,
        PythonGate python,
        Func<IDuplex, ReadOnlyMemory<byte>, Task> letIn,
        ILogger logger,
        CancellationToken stop)
    {
        _listener = listener;
        _python = python;
        _letIn = letIn;
        _time = options.Time;
        _logger = logger;
        _stop = stop;
        _anteroom = new Anteroom(options, MaxSilent);
        _loop = Task.Run(AcceptAllAsync, CancellationToken.None);
    }

    /// <summary>Waits for those in the door. It is closed before.</summary>
    /// <returns>A task that ends when nobody is in it any more.</returns>
    public async ValueTask DisposeAsync()
    {
        await _loop.ConfigureAwait(false);
        await _visits.CloseAsync().ConfigureAwait(false);
        _places.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        var pause = FirstPause;
        try
        {
            while (true)
            {
                if (await AcceptAsync(pause).ConfigureAwait(false) is { } duplex)
                {
                    pause = FirstPause;
                    Admit(duplex);
                    continue;
                }

                await Task.Delay(pause, _time, _stop).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The doors close.
        }
    }

    /// <summary>Begins a visit, unless there are too many.</summary>
    [SuppressMessage("Reliability", "CA2025", Justification = "It is disposed of here only when no visit has begun.")]
    private void Admit(IDuplex duplex)
    {
        if (_visits.TryBegin())
        {
            // Ends its visit whatever happens.
            _ = VisitAsync(duplex);
        }
        else
        {
            duplex.Dispose();
        }
    }

    /// <summary>Waits for somebody.</summary>
    /// <param name="pause">How long the door stays shut if listening fails, for the log.</param>
    /// <returns>Who came; null: listening failed, for now.</returns>
    private async ValueTask<IDuplex?> AcceptAsync(TimeSpan pause)
    {
        try
        {
            return await _listener.AcceptAsync(_stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            Log.ListenerFailed(_logger, exception, _listener.Address.ToString(), pause);
            return null;
        }
    }

    /// <summary>Sees to one who came. It does not fail, and is awaited at the end.</summary>
    private async Task VisitAsync(IDuplex duplex)
    {
        try
        {
            var first = await _anteroom.WaitAsync(duplex, _stop).ConfigureAwait(false);
            if (first.IsEmpty)
            {
                // Python peers look for a free port so; who leaves without a word is nobody.
                duplex.Dispose();
            }
            else if (!_python.TryTake(duplex, first))
            {
                await LetInAsync(duplex, first).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            duplex.Dispose();
            Log.HandshakeEnded(_logger, duplex.Info.Remote, exception.Message);
        }
        finally
        {
            _visits.End();
        }
    }

    private async Task LetInAsync(IDuplex duplex, ReadOnlyMemory<byte> first)
    {
        await _places.WaitAsync(_stop).ConfigureAwait(false);
        try
        {
            await _letIn(duplex, first).ConfigureAwait(false);
        }
        finally
        {
            _ = _places.Release();
        }
    }
}
