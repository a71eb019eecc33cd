using System.Diagnostics.CodeAnalysis;
using AppNet.Calls;
using AppNet.Discovery;
using AppNet.Links;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>All that exists while a peer runs, wired together. Made by starting, gone by <see cref="StopAsync"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "StopAsync disposes of what it owns, in an order that matters.")]
internal sealed class RunningPeer
{
    private readonly NetOptions _options;
    private readonly ILogger _logger;
    private readonly IPlace _place;
    private readonly LinkThreads _threads;
    private readonly KeepAlive _keepAlive;
    private readonly CallProtocol _calls;
    private readonly LinkTable _links;
    private readonly Dialler _dialler;
    private readonly Doors _doors;
    private readonly PeerFinder _finder;

    /// <summary>Starts a peer.</summary>
    /// <param name="options">The options in force.</param>
    /// <param name="home">Where it lives.</param>
    /// <param name="calls">What its calls have in common.</param>
    /// <param name="source">Where calls back get their links from.</param>
    /// <param name="logger">Where it reports.</param>
    /// <exception cref="IOException">Listening is not possible.</exception>
    public RunningPeer(
        NetOptions options,
        IHome home,
        CallOptions calls,
        ILinkSource source,
        ILogger logger)
    {
        _options = options;
        _logger = logger;
        var instance = Guid.NewGuid();
        _place = home.Settle(instance);
        var id = new PeerId(_place.Address.Host, _place.Address.Port, options.Group);
        Info = PeerInfo.ForThisProcess(id, instance, options.TimeProvider) with
        {
            IsHub = options.IsHub,
            Values = new Dictionary<string, string>(options.Info, StringComparer.Ordinal),
        };

        var linkOptions = LinkOptionsOf(options);
        _threads = new LinkThreads(options.TimeProvider, linkOptions.SpinTime);
        _keepAlive = new KeepAlive(options.TimeProvider, logger);
        _calls = new CallProtocol(calls, source, source, logger);
        _links = new LinkTable(
            instance, handshake => new Link(handshake, linkOptions, _threads, [_calls], logger), _keepAlive);
        IPeerSource[] sources = [.. home.Sources(Self), .. options.Directories.Select(directory => new DirectorySource(directory))];
        var peers = new PeerTable(instance, sources, options.TimeProvider, logger);
        _finder = new PeerFinder(peers, options.TimeProvider);
        _dialler = new Dialler(home, peers, _links, Self, logger);
        _doors = new Doors(_place, _links, Self, options.MaxLinks, logger);
        _place.Publish(Info);
        Log.PeerStarted(logger, Info.Id, string.Join(", ", calls.Connections.Connections.Select(connection => connection.Tag)));

        HandshakeParty Self() => new(Info, linkOptions);
    }

    /// <summary>Gets what the peer says of itself.</summary>
    public PeerInfo Info { get; }

    /// <summary>Gets the links.</summary>
    public LinkTable Links => _links;

    /// <summary>Gets who brings up links.</summary>
    public Dialler Dialler => _dialler;

    /// <summary>Gets who finds peers.</summary>
    public PeerFinder Finder => _finder;

    /// <summary>Takes the peer off the list; it goes on as it is.</summary>
    public void Unlist() => _place.Unlist();

    /// <summary>Leaves: off the list first, then no new links, then what is under way is finished, then all is closed.</summary>
    /// <param name="cancellationToken">Ends the wait for what is under way.</param>
    /// <returns>A task that ends when everything is gone.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _place.Dispose();
        await _finder.DisposeAsync().ConfigureAwait(false);
        await _doors.DisposeAsync().ConfigureAwait(false);
        using (var limit = new CancellationTokenSource(_options.DrainTimeout, _options.TimeProvider))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
        {
            await _links.StopAsync(either.Token).ConfigureAwait(false);
        }

        await _dialler.DisposeAsync().ConfigureAwait(false);
        _keepAlive.Dispose();
        _calls.Slow.Dispose();
        _threads.Dispose();
        Log.PeerStopped(_logger, Info.Id);
    }

    private static LinkOptions LinkOptionsOf(NetOptions options) => new()
    {
        Limits = new LinkLimits(
            options.MaxMessageBytes + Wire.FieldWriter.MaxSize, options.MaxCallsPerLink, options.MaxTagsPerLink),
        SendQueueBytes = options.SendQueueBytes,
        HandshakeTimeout = options.HandshakeTimeout,
        HandshakeBytes = options.MaxHandshakeBytes,
        SameHost = options.KeepAliveOnHost,
        OtherHost = options.KeepAliveOnNetwork,
        Time = options.TimeProvider,
    };
}
