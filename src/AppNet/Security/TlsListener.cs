using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Security;

/// <summary>
/// Takes what others connect, does TLS with many at once, each within its own time, and gives out those that have proved themselves.
/// </summary>
/// <remarks>
/// A handshake holds one of a bounded number of places until what came of it is taken. The loop and the handshakes observe their own
/// failures and end with the listener's disposal, so nobody waits for them.
/// </remarks>
internal sealed class TlsListener : IDuplexListener
{
    private readonly IDuplexListener _inner;
    private readonly Func<TlsDuplex, CancellationToken, Task<bool>> _shake;
    private readonly TlsLimits _limits;
    private readonly FailureLimit _failures;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    [SuppressMessage("Usage", "CA2213", Justification = "It has no handle; handshakes that end later still give their places back.")]
    private readonly SemaphoreSlim _places;

    private readonly Channel<IDuplex> _proven = Channel.CreateUnbounded<IDuplex>(new UnboundedChannelOptions { SingleReader = true });

    [SuppressMessage("Usage", "CA2213", Justification = "Cancelled for good; handshakes that end later still look at it.")]
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins to take connections.</summary>
    /// <param name="inner">Where they come from; from now on owned by this object.</param>
    /// <param name="shake">Does the handshake of the accepting side; false: that was all the other side came for.</param>
    /// <param name="limits">What strangers may cost.</param>
    /// <param name="failures">Who has failed too often.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where strangers are reported.</param>
    public TlsListener(
        IDuplexListener inner,
        Func<TlsDuplex, CancellationToken, Task<bool>> shake,
        TlsLimits limits,
        FailureLimit failures,
        TimeProvider time,
        ILogger logger)
    {
        _inner = inner;
        _shake = shake;
        _limits = limits;
        _failures = failures;
        _time = time;
        _logger = logger;
        _places = new SemaphoreSlim(limits.HandshakesAtOnce);
        _ = Task.Run(AcceptAllAsync);
    }

    /// <inheritdoc/>
    public TransportAddress Address => _inner.Address with { Transport = TlsTransport.TransportName };

    /// <inheritdoc/>
    public async ValueTask<IDuplex> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            var duplex = await _proven.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _ = _places.Release();
            return duplex;
        }
        catch (ChannelClosedException exception)
        {
            throw exception.InnerException is IOException failure
                ? new IOException(failure.Message, failure)
                : new ObjectDisposedException(nameof(TlsListener), exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = _proven.Writer.TryComplete();
        _stop.Cancel();
        _inner.Dispose();
        while (_proven.Reader.TryRead(out var duplex))
        {
            duplex.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever accepts learns what went wrong.")]
    [SuppressMessage("Reliability", "CA2025", Justification = "A handshake owns its duplex.")]
    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
                var duplex = await _inner.AcceptAsync(_stop.Token).ConfigureAwait(false);
                if (_failures.IsBarred(duplex.Info.Remote))
                {
                    duplex.Dispose();
                    _ = _places.Release();
                    continue;
                }

                _ = ProveAsync(duplex);
            }
        }
        catch (Exception exception)
        {
            _ = _proven.Writer.TryComplete(exception);
        }
    }

    /// <summary>One handshake. It keeps its place when it succeeds, until its duplex is taken.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What one stranger does concerns nobody else.")]
    private async Task ProveAsync(IDuplex inner)
    {
        var duplex = new TlsDuplex(inner, _limits.HandshakeBytes);
        using var timeout = new CancellationTokenSource(_limits.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        try
        {
            if (await _shake(duplex, either.Token).ConfigureAwait(false) && _proven.Writer.TryWrite(duplex))
            {
                return;
            }

            duplex.Dispose();
        }
        catch (Exception exception)
        {
            duplex.Dispose();
            Report(inner.Info.Remote, timeout.IsCancellationRequested
                ? $"It did not finish TLS within {_limits.HandshakeTimeout.TotalSeconds:0.#} s."
                : exception.Message);
        }

        _ = _places.Release();
    }

    // A warning for the first failure of a minute and for the one that bars: who tries by the thousand must not fill the log.
    private void Report(string remote, string reason)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        var count = _failures.Add(remote);
        if (count == _failures.PerMinute)
        {
            Log.AddressBarred(_logger, remote, count);
        }
        else if (count == 1)
        {
            Log.ProofRefused(_logger, remote, reason);
        }
        else
        {
            Log.ProofRefusedAgain(_logger, remote, count, reason);
        }
    }
}
