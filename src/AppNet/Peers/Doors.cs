using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// Lets in who proves itself: a loop for each listener, and a bounded number of handshakes at once, each with its own time. The first byte
/// tells who it is: our own preface, or a Python peer, which is handed on. What one stranger does concerns nobody else.
/// </summary>
internal sealed class Doors : IAsyncDisposable
{
    private const int MaxHandshakes = 256;
    private const int MaxSilent = 1_024;

    private readonly IPlace _place;
    private readonly LinkTable _links;
    private readonly Func<HandshakeParty> _self;
    private readonly PythonGate _python;
    private readonly int _maxLinks;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _handshakes = new(MaxHandshakes);
    private readonly TaskTally _visits = new(int.MaxValue);
    private readonly Anteroom _anteroom;
    private readonly Task[] _loops;

    /// <summary>Opens the doors.</summary>
    /// <param name="place">Where this peer listens.</param>
    /// <param name="links">Where links go that come up.</param>
    /// <param name="self">What this peer brings to a handshake.</param>
    /// <param name="python">Takes Python peers.</param>
    /// <param name="maxLinks">How many links are taken.</param>
    /// <param name="logger">Where strangers are reported.</param>
    public Doors(IPlace place, LinkTable links, Func<HandshakeParty> self, PythonGate python, int maxLinks, ILogger logger)
    {
        _place = place;
        _links = links;
        _self = self;
        _python = python;
        _maxLinks = maxLinks;
        _logger = logger;
        _anteroom = new Anteroom(self().Options, MaxSilent);
        _loops = [.. place.Listeners.Select(listener => Task.Run(() => AcceptAsync(listener)))];
    }

    /// <summary>Closes the doors. The place is disposed before.</summary>
    /// <returns>A task that ends when nobody is between the doors any more.</returns>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_loops).ConfigureAwait(false);
        await _visits.CloseAsync().ConfigureAwait(false);
        _handshakes.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(IDuplexListener listener)
    {
        try
        {
            while (true)
            {
                var duplex = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                if (_visits.TryBegin())
                {
                    _ = LetInAsync(duplex);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The doors close.
        }
        catch (Exception exception)
        {
            Log.ListenerFailed(_logger, exception);
        }
    }

    /// <summary>One visit. It is counted, and awaited at the end.</summary>
    private async Task LetInAsync(IDuplex duplex)
    {
        try
        {
            if (_links.Count >= _maxLinks)
            {
                duplex.Dispose();
                Log.TooManyLinks(_logger, duplex.Info.Remote, _maxLinks);
                return;
            }

            var first = await _anteroom.WaitAsync(duplex, _stop.Token).ConfigureAwait(false);
            if (first.IsEmpty)
            {
                // Python peers look for a free port so; who leaves without a word is nobody.
                duplex.Dispose();
            }
            else if (!_python.TryTake(duplex, first))
            {
                await ShakeAsync(duplex, first).ConfigureAwait(false);
            }
        }
        catch (HandshakeException exception) when (exception.Error is NetError.NotAuthorized or NetError.VersionMismatch)
        {
            Log.StrangerRefused(_logger, duplex.Info.Remote, exception.Message);
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

    /// <summary>One handshake. It holds one of the places.</summary>
    private async Task ShakeAsync(IDuplex duplex, ReadOnlyMemory<byte> first)
    {
        await _handshakes.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            var handshake = await Accepting.AcceptAsync(duplex, first, _self(), _place.Secret, _stop.Token).ConfigureAwait(false);
            _ = _links.Add(handshake, dialled: null);
        }
        finally
        {
            _ = _handshakes.Release();
        }
    }
}
