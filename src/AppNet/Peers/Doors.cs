using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>Lets in who proves itself, at a door for each listener. What one stranger does concerns nobody else.</summary>
internal sealed class Doors : IAsyncDisposable
{
    private readonly LinkTable _links;
    private readonly Func<HandshakeParty> _self;
    private readonly int _maxLinks;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly RefusalLog _refusals;
    private readonly LinkOptions _options;
    private readonly PythonGate _python;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly List<Door> _doors = [];

    // Guarded by _gate.
    private bool _isClosed;

    /// <summary>Opens the doors.</summary>
    /// <param name="place">Where this peer listens.</param>
    /// <param name="links">Where links go that come up.</param>
    /// <param name="self">What this peer brings to a handshake.</param>
    /// <param name="python">Takes Python peers.</param>
    /// <param name="maxLinks">How many links are taken.</param>
    /// <param name="logger">Where strangers are reported.</param>
    public Doors(IPlace place, LinkTable links, Func<HandshakeParty> self, PythonGate python, int maxLinks, ILogger logger)
    {
        _links = links;
        _self = self;
        _maxLinks = maxLinks;
        _logger = logger;
        _stopping = _stop.Token;
        _python = python;
        _options = self().Options;
        _refusals = new RefusalLog(_options.Time, logger);
        foreach (var entrance in place.Entrances)
        {
            Open(entrance);
        }
    }

    /// <summary>Opens one more door, unless all are closed.</summary>
    /// <param name="entrance">The way in, which the place disposes of.</param>
    public void Open(Entrance entrance)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _doors.Add(new Door(
                    entrance.Listener, _options, _python, (duplex, first) => LetInAsync(duplex, first, entrance), _logger, _stopping));
            }
        }
    }

    /// <summary>Closes the doors. The place is disposed before.</summary>
    /// <returns>A task that ends when nobody is between the doors any more.</returns>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Door[] doors;
        lock (_gate)
        {
            _isClosed = true;
            doors = [.. _doors];
        }

        foreach (var door in doors)
        {
            await door.DisposeAsync().ConfigureAwait(false);
        }

        _refusals.Dispose();
        _stop.Dispose();
    }

    private async Task LetInAsync(IDuplex duplex, ReadOnlyMemory<byte> first, Entrance entrance)
    {
        try
        {
            var self = _self() with { IsOwnHost = entrance.IsOwnHost };
            var handshake = await Accepting.AcceptAsync(duplex, first, self, entrance.Secret, _stopping, RefuseIfFull).ConfigureAwait(false);
            _ = _links.Add(handshake, dialled: null);
        }
        catch (HandshakeException exception) when (exception.Error is NetError.NotAuthorized or NetError.VersionMismatch or NetError.Overloaded)
        {
            _refusals.Add(duplex.Info.Remote, exception.Message);
        }
        catch (Exception exception)
        {
            Log.HandshakeEnded(_logger, duplex.Info.Remote, exception.Message);
        }
    }

    // About, as handshakes that are under way at the same time don't count each other.
    private HandshakeException? RefuseIfFull() => _links.Count < _maxLinks
        ? null
        : new HandshakeException(NetError.Overloaded, $"{_maxLinks} links are up, as many as this peer takes (NetOptions.MaxLinks).");
}
