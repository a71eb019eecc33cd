using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>Lets in who proves itself, at a door for each listener. What one stranger does concerns nobody else.</summary>
internal sealed class Doors : IAsyncDisposable
{
    private readonly IPlace _place;
    private readonly LinkTable _links;
    private readonly Func<HandshakeParty> _self;
    private readonly int _maxLinks;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly RefusalLog _refusals;
    private readonly Door[] _doors;

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
        _maxLinks = maxLinks;
        _logger = logger;
        _stopping = _stop.Token;
        var options = self().Options;
        _refusals = new RefusalLog(options.Time, logger);
        _doors = [.. place.Listeners.Select(listener => new Door(listener, options, python, LetInAsync, logger, _stopping))];
    }

    /// <summary>Closes the doors. The place is disposed before.</summary>
    /// <returns>A task that ends when nobody is between the doors any more.</returns>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var door in _doors)
        {
            await door.DisposeAsync().ConfigureAwait(false);
        }

        _refusals.Dispose();
        _stop.Dispose();
    }

    private async Task LetInAsync(IDuplex duplex, ReadOnlyMemory<byte> first)
    {
        try
        {
            var handshake = await Accepting.AcceptAsync(duplex, first, _self(), _place.Secret, _stopping, RefuseIfFull).ConfigureAwait(false);
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
