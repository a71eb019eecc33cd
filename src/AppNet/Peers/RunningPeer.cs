using System.Diagnostics.CodeAnalysis;
using AppNet.Calls;
using AppNet.Discovery;
using AppNet.Events;
using AppNet.Links;
using AppNet.Python;
using AppNet.Security;
using AppNet.Wire;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>All that exists while a peer runs, wired together. Made by starting, gone by <see cref="StopAsync"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "StopAsync disposes of what it owns, in an order that matters.")]
internal sealed class RunningPeer
{
    // Systems clean away what nobody has touched for days.
    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromDays(1);

    private readonly NetOptions _options;
    private readonly ILogger _logger;
    private readonly IPlace _place;
    private readonly LinkThreads _threads;
    private readonly KeepAlive _keepAlive;
    private readonly CallProtocol _calls;
    private readonly LinkTable _links;
    private readonly Dialler _dialler;
    private readonly Doors _doors;
    private readonly PythonSide? _python;
    private readonly PeerFinder _finder;
    private readonly ITimer _renewal;
    private readonly Lock _gate = new();

    // Written under _gate, read without.
    private readonly SelfInfo _self;

    // Guarded by _gate. Whether a link may have told the other side something that is old by now.
    private bool _isReconfigured;
    private readonly EventHub _events;

    // Guarded by _gate. What other peers' rotations make this one do, one after the other; it never fails.
    private Task _learning = Task.CompletedTask;

    private RunningPeer(
        NetOptions options,
        IHome home,
        IPlace place,
        Guid instance,
        CallOptions calls,
        SelfInfo self,
        ILinkSource source,
        ILogger logger)
    {
        _options = options;
        _self = self;
        _logger = logger;
        _place = place;
        var linkOptions = LinkOptionsOf(options);
        _threads = new LinkThreads(options.TimeProvider, linkOptions.SpinTime);
        _keepAlive = new KeepAlive(options.TimeProvider, logger);
        _calls = new CallProtocol(calls, source, source, logger);
        _python = options.Python ? new PythonSide(PythonSetupOf(linkOptions, home), options, home, PythonSide.AddressOf(place, home), AddLink) : null;
        IPeerSource[] sources =
            [.. home.Sources(Self), .. _python is { } python ? [python.Source] : Array.Empty<IPeerSource>(), .. options.Directories.Select(directory => new DirectorySource(directory))];
        var peers = new PeerTable(instance, sources, options.TimeProvider, logger);
        var infos = new InfoProtocol(peers, logger);
        var keys = new KeyProtocol(LearnKey);
        _finder = new PeerFinder(peers, options.TimeProvider);
        _events = new EventHub(EventOptionsOf(instance, source, new PublisherSource(_finder, peers)));
        _links = new LinkTable(
            instance, handshake => new Link(handshake, linkOptions, _threads, [_calls, infos, _events, keys], logger), _keepAlive, Greet, link => OnGone(link, peers));
        _dialler = new Dialler(home, peers, _links, _python?.Peers, Self, logger);
        _renewal = options.TimeProvider.CreateTimer(
            _ => _place.Renew(options.TimeProvider.GetUtcNow()), state: null, RenewalPeriod, RenewalPeriod);
        _doors = new Doors(_place, _links, Self, new PythonGate(_python?.Door, logger), options.MaxLinks, logger);

        HandshakeParty Self() => new(Info, linkOptions);

        Link AddLink(HandshakeResult handshake, PeerAddress address) => _links!.Add(handshake, address);
    }

    /// <summary>Starts a peer. When that fails, nothing of it is left.</summary>
    /// <param name="options">The options in force.</param>
    /// <param name="home">Where it lives.</param>
    /// <param name="calls">What its calls have in common.</param>
    /// <param name="self">What it says of itself, to be filled in.</param>
    /// <param name="source">Where calls back get their links from.</param>
    /// <param name="logger">Where it reports.</param>
    /// <returns>The peer.</returns>
    /// <exception cref="IOException">Listening is not possible.</exception>
    public static async Task<RunningPeer> StartAsync(
        NetOptions options, IHome home, CallOptions calls, SelfInfo self, ILinkSource source, ILogger logger)
    {
        var instance = Guid.NewGuid();
        var place = home.Settle(instance);
        RunningPeer peer;
        try
        {
            var id = new PeerId(place.Address.Host, place.Address.Port, options.Group);
            self.Current = PeerInfo.ForThisProcess(id, instance, options.TimeProvider) with
            {
                IsHub = options.IsHub,
                KeyGeneration = KeyGenerationOf(place),
                Values = new Dictionary<string, string>(options.Info, StringComparer.Ordinal),
            };
            peer = new RunningPeer(options, home, place, instance, calls, self, source, logger);
        }
        catch
        {
            place.Dispose();
            throw;
        }

        try
        {
            place.Publish(peer.Info);
            Log.PeerStarted(logger, peer.Info.Id, string.Join(", ", calls.Connections.Connections.Select(connection => connection.Tag)));
            peer.Events.Start();
            return peer;
        }
        catch
        {
            await peer.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gets what the peer says of itself.</summary>
    public PeerInfo Info => _self.Current;

    /// <summary>Gets the options in force.</summary>
    public NetOptions Options => _options;

    /// <summary>Gets the links.</summary>
    public LinkTable Links => _links;

    /// <summary>Gets who brings up links.</summary>
    public Dialler Dialler => _dialler;

    /// <summary>Gets who finds peers.</summary>
    public PeerFinder Finder => _finder;

    /// <summary>Gets the events.</summary>
    public EventHub Events => _events;

    /// <summary>Gets what knows the keys; null where there are no other hosts.</summary>
    public HostNetwork? Network => _place.Network;

    /// <summary>
    /// Takes note that this peer's keys are others: it listens for other hosts if it may, says so of itself, and passes on what was
    /// rotated.
    /// </summary>
    /// <exception cref="IOException">Its port is taken on an address of the network.</exception>
    public void UseKeys()
    {
        lock (_gate)
        {
            foreach (var entrance in _place.OpenNetwork())
            {
                _doors.Open(entrance);
            }

            ChangeLocked(Info with { Host = _place.Address.Host, KeyGeneration = KeyGenerationOf(_place) });
            foreach (var link in _links.Snapshot())
            {
                TellKey(link);
            }
        }
    }

    /// <summary>Takes the peer off the list; it goes on as it is.</summary>
    public void Unlist() => _place.Unlist();

    /// <summary>Changes what the peer says of itself, and says it to all who are linked or look for it.</summary>
    /// <param name="options">Its options from now on.</param>
    /// <exception cref="IOException">The list can't be written; nothing is changed.</exception>
    public void Reconfigure(NetOptions options)
    {
        lock (_gate)
        {
            var before = Info;
            var info = before with
            {
                Group = options.Group,
                IsHub = options.IsHub,
                Values = new Dictionary<string, string>(options.Info, StringComparer.Ordinal),
            };
            ChangeLocked(info);
            Log.Reconfigured(_logger, before.Id, info.Id);
        }
    }

    /// <summary>Leaves: off the list first, then no new links, then what is under way is finished, then all is closed.</summary>
    /// <param name="cancellationToken">Ends the wait for what is under way.</param>
    /// <returns>A task that ends when everything is gone.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _renewal.DisposeAsync().ConfigureAwait(false);
        _place.Dispose();
        await _events.DisposeAsync().ConfigureAwait(false);
        await _finder.DisposeAsync().ConfigureAwait(false);
        await _doors.DisposeAsync().ConfigureAwait(false);
        using (var limit = new CancellationTokenSource(_options.DrainTimeout, _options.TimeProvider))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
        using (either.Token.UnsafeRegister(static state => ((RunningPeer)state!).ReportCut(), this))
        {
            await Task.WhenAll(_python?.Door.StopAsync(either.Token) ?? Task.CompletedTask, _links.StopAsync(either.Token)).ConfigureAwait(false);
        }

        await _dialler.DisposeAsync().ConfigureAwait(false);
        Task learning;
        lock (_gate)
        {
            learning = _learning;
        }

        await learning.ConfigureAwait(false);
        if (_python is not null)
        {
            await _python.DisposeAsync().ConfigureAwait(false);
        }

        _keepAlive.Dispose();
        _calls.Slow.Dispose();
        _threads.Dispose();
        Log.PeerStopped(_logger, Info.Id);
    }

    /// <summary>A linked peer is known gone at once: it has left if it said so, else it is lost. Who lists it later brings it back.</summary>
    private static void OnGone(Link link, PeerTable peers) =>
        peers.Remove(link.Remote.Instance, link.IsClosing ? PeerChangeKind.Left : PeerChangeKind.Lost);

    private static string? KeyGenerationOf(IPlace place) => place.Network?.Credentials.Ring?.Newest.Generation;

    private void ReportCut()
    {
        if (_links.Count is > 0 and var count)
        {
            Log.DrainCutShort(_logger, count);
        }
    }

    private void ChangeLocked(PeerInfo info)
    {
        _place.Publish(info);
        _self.Current = info;
        _isReconfigured = true;
        foreach (var link in _links.Snapshot())
        {
            TellLocked(link);
        }
    }

    // A peer that was not there when keys were rotated learns of it when it next has a link.
    private void TellKey(Link link)
    {
        if (_place.Network?.Credentials.Ring is { Older: { } older } ring
            && KeyProtocol.IsTrusted(link)
            && string.Equals(link.Remote.KeyGeneration, older.Generation, StringComparison.Ordinal))
        {
            KeyProtocol.Tell(link, ring.Newest, older);
        }
    }

    /// <summary>Follows another peer that has rotated its keys. Files are written elsewhere than on the read loop.</summary>
    private void LearnKey(NetworkKey newest, NetworkKey older)
    {
        lock (_gate)
        {
            _learning = LearnAfterAsync(_learning, newest, older);
        }
    }

    private async Task LearnAfterAsync(Task before, NetworkKey newest, NetworkKey older)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (_place.Network is { } network && await network.FollowAsync(newest, older).ConfigureAwait(false))
            {
                UseKeys();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Log.KeyNotUsed(_logger, exception);
        }
    }

    // A link whose handshake began before a change and ended after it has told what is old.
    private void Greet(Link link)
    {
        TellKey(link);
        lock (_gate)
        {
            if (_isReconfigured)
            {
                TellLocked(link);
            }
        }
    }

    private void TellLocked(Link link)
    {
        _ = link.Append(FrameType.Info, FrameFlags.None, 0, 0, default, PeerInfoJson.Serialize(Info), canWait: false);
        link.Flush();
    }

    private static LinkOptions LinkOptionsOf(NetOptions options) => new()
    {
        Limits = new LinkLimits(
            options.MaxMessageBytes + FieldWriter.MaxSize,
            options.MaxCallsPerLink,
            options.MaxTagsPerLink,
            Raw: true,
            options.StreamBytes,
            options.StreamBytesPerLink),
        SendQueueBytes = options.SendQueueBytes,
        HandshakeTimeout = options.HandshakeTimeout,
        HandshakeBytes = options.MaxHandshakeBytes,
        SameHost = options.KeepAliveOnHost,
        OtherHost = options.KeepAliveOnNetwork,
        Time = options.TimeProvider,
    };

    private PythonSetup PythonSetupOf(LinkOptions links, IHome home)
    {
        var host = PythonSide.AddressOf(_place, home).Host;
        return new()
        {
            Calls = _calls,

            // Other hosts know this peer by an address at which no Python peer is served.
            Self = () => Info is var info && info.Host == host ? info : info with { Host = host },
            Subscribed = () => _events.Topics.All.Where(topic => topic.Outlets.Count > 0).Select(topic => topic.Name),
            Links = links,
            Threads = _threads,
            Transport = PythonSide.TransportOf(home),
            MayConnect = home.IsOnHost,
        };
    }

    private EventOptions EventOptionsOf(Guid instance, ILinkSource links, IPublisherSource publishers) => new()
    {
        Instance = instance,
        Links = links,
        Publishers = publishers,
        Threads = _threads,
        Context = _calls.Context,
        SerializerOptions = _calls.Options.SerializerOptions,
        MaxMessageBytes = _options.MaxMessageBytes,
        Time = _options.TimeProvider,
        Logger = _logger,
    };
}
