using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppNet.Peers;

/// <summary>
/// The life of one local peer: options that can be changed until it starts, a start, which succeeds once, and a stop, which many may
/// ask for and wait for. Safe for use from many threads.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer; a stop that is asked for again after the last one still finds it.")]
internal sealed class PeerLife
{
    private const string NotStarted = "The peer has not started. Call StartAsync first.";

    private readonly Func<NetOptions, ILogger, Task<RunningPeer>> _makeRunning;
    private readonly Lazy<NetSettings> _environment = new(() => NetEnvironment.Read(Environment.GetEnvironmentVariable));
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Cancelled when a stop shall wait no longer for what is under way.
    private readonly CancellationTokenSource _hurry = new();

    private readonly Lock _gate = new();

    // Written under _gate.
    private volatile NetOptions _options;

    // Guarded by _gate. Null before the start, and again after one that failed.
    private Task<RunningPeer>? _start;

    // Guarded by _gate. Null before the stop.
    private Task? _stop;

    // Set when the start has succeeded.
    private volatile RunningPeer? _running;

    // Set when the stop has ended.
    private volatile bool _hasLeft;

    /// <summary>Makes the life of a peer that has not started.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="makeRunning">Makes all that exists while it runs, of the options in force.</param>
    public PeerLife(NetOptions options, Func<NetOptions, ILogger, Task<RunningPeer>> makeRunning)
    {
        _options = options;
        _makeRunning = makeRunning;
    }

    /// <summary>Gets the options: before the start those that can still be changed, from then on those in force.</summary>
    public NetOptions Options => _options;

    /// <summary>Gets where the peer reports; nowhere before it starts.</summary>
    public ILogger Logger { get; private set; } = NullLogger.Instance;

    /// <summary>Gets or sets whether who uses the peer first starts it.</summary>
    public bool StartsWhenUsed { get; set; }

    /// <summary>Gets or sets the settings that count only where neither code nor the environment gives any. Before the start.</summary>
    public NetSettings Configuration { get; set; } = NetSettings.Empty;

    /// <summary>Gets whether it has been told to start.</summary>
    public bool HasStarted
    {
        get
        {
            lock (_gate)
            {
                return _start is not null;
            }
        }
    }

    /// <summary>Gets the options that would be in force if it started now; null: it has been told to start.</summary>
    public NetOptions? OptionsToBe
    {
        get
        {
            lock (_gate)
            {
                return _start is null ? _options.InForce(_environment.Value, Configuration) : null;
            }
        }
    }

    /// <summary>Gets whether it has been told to stop.</summary>
    public bool HasStopped
    {
        get
        {
            lock (_gate)
            {
                return _stop is not null;
            }
        }
    }

    /// <summary>Gets what exists while the peer runs, and after it has stopped; null before it has started.</summary>
    public RunningPeer? Running => _running;

    /// <summary>Gets what exists until the peer has left, so also while it finishes what is under way; else null.</summary>
    public RunningPeer? Present => _hasLeft ? null : _running;

    /// <summary>Gets whether calls in this process are verified, as the options say or will say.</summary>
    public bool VerifiesLocalCalls => _options.VerifyLocalCalls ?? _options.IsDev(_environment.Value);

    /// <summary>Returns what exists while the peer runs.</summary>
    /// <returns>It.</returns>
    /// <exception cref="InvalidOperationException">The peer has not started.</exception>
    public RunningPeer GetRunning() => _running ?? throw new InvalidOperationException(NotStarted);

    /// <summary>As <see cref="LocalPeer.StartAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait; the start goes on.</param>
    /// <returns>A task that ends when the peer is there for others.</returns>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_start is not null || _stop is not null)
            {
                throw new InvalidOperationException("The peer has been started before, or disposed of. Make a new LocalPeer for a new start.");
            }

            return StartLockedAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>Returns what exists while the peer runs, to somebody who uses it; the first one may start it.</summary>
    /// <param name="cancellationToken">Ends the wait; a start goes on.</param>
    /// <returns>It.</returns>
    /// <exception cref="NetException">The peer has stopped.</exception>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public Task<RunningPeer> UseAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_stop is not null)
            {
                throw new NetException(NetError.Refused, "This peer has stopped. Make a new LocalPeer for a new start.");
            }

            if (_start is null && !StartsWhenUsed)
            {
                throw new InvalidOperationException(NotStarted);
            }

            return (_start ?? StartLockedAsync()).WaitAsync(cancellationToken);
        }
    }

    /// <summary>As <see cref="LocalPeer.RunAsync"/>.</summary>
    /// <param name="cancellationToken">Ends it, as a signal does.</param>
    /// <returns>A task that ends when the peer has left.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        _ = await UseAsync(CancellationToken.None).ConfigureAwait(false);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (leave.Token.UnsafeRegister(static state => ((TaskCompletionSource)state!).SetResult(), left))
        {
            // Somebody else may stop it as well.
            _ = await Task.WhenAny(left.Task, _leaving.Task).ConfigureAwait(false);
        }

        await StopAsync(CancellationToken.None).ConfigureAwait(false);

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            (leave.IsCancellationRequested || _leaving.Task.IsCompleted ? _hurry : leave).Cancel();
        }
    }

    /// <summary>As <see cref="LocalPeer.StopAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait for calls that are under way; all is closed at once.</param>
    /// <returns>A task that ends when the peer has left.</returns>
    [SuppressMessage("Reliability", "CA2025", Justification = "What the start holds is disposed of by the stop itself.")]
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task stop;
        lock (_gate)
        {
            if (_start is not { } start)
            {
                return;
            }

            stop = _stop ??= Task.Run(() => StopAfterAsync(start, _hurry.Token), CancellationToken.None);
        }

        _ = _leaving.TrySetResult();
        using (cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _hurry))
        {
            await stop.ConfigureAwait(false);
        }
    }

    /// <summary>Ends a life that has not begun: the peer can't start any more.</summary>
    public void EndIfNew()
    {
        lock (_gate)
        {
            if (_start is null)
            {
                _stop ??= Task.CompletedTask;
            }
        }
    }

    /// <summary>As <see cref="LocalPeer.Reconfigure"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="isHub">Whether it is a hub.</param>
    /// <param name="info">All values of the program's own.</param>
    public void Reconfigure(string? group, bool? isHub, IReadOnlyDictionary<string, string>? info)
    {
        var running = GetRunning();
        lock (_gate)
        {
            if (_stop is not null)
            {
                throw new InvalidOperationException("The peer has stopped.");
            }

            var options = _options.Reconfigured(group, isHub, info);
            running.Reconfigure(options);
            _options = options;
        }
    }

    private Task<RunningPeer> StartLockedAsync()
    {
        var given = _options;
        _options = given.InForce(_environment.Value, Configuration);
        Logger = new QuietLogger(
            (_options.LoggerFactory ?? StandardErrorLog.For(_options.Dev, _options.TimeProvider)).CreateLogger("AppNet"));
        var options = _options;
        return _start = Task.Run(() => MakeRunningAsync(given, options));
    }

    private async Task<RunningPeer> MakeRunningAsync(NetOptions given, NetOptions inForce)
    {
        try
        {
            return _running = await _makeRunning(inForce, Logger).ConfigureAwait(false);
        }
        catch
        {
            lock (_gate)
            {
                // What was in the way may be gone at the next use, which then starts anew. A stop still waits for this one.
                _start = null;
                _options = given;
            }

            throw;
        }
    }

    private async Task StopAfterAsync(Task<RunningPeer> start, CancellationToken cancellationToken)
    {
        RunningPeer running;
        try
        {
            running = await start.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whoever started it has learned why; there is nothing to stop.
            return;
        }

        try
        {
            await running.StopAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _hasLeft = true;
        }
    }
}
