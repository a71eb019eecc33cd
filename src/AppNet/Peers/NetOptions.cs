using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using AppNet.Peers;
using Microsoft.Extensions.Logging;

namespace AppNet;

/// <summary>
/// How a peer is set up. Set before it starts and checked once then, all faults in one message; what is in force
/// afterwards can be read and no longer changed.
/// </summary>
/// <remarks>
/// What is set here beats the <c>NET_*</c> variables, which beat a configuration, which beats the defaults. Not safe for
/// use from several threads until the peer has started.
/// </remarks>
public sealed class NetOptions
{
    // The names of the properties that code has set, which no layer outside the code overwrites.
    private readonly HashSet<string> _set = new(StringComparer.Ordinal);
    private State _state;

    /// <summary>Gets or sets the group that the peer belongs to; null or <c>None</c>: none. Variable <c>NET_GROUP</c>. Default: none.</summary>
    /// <remarks>At most 255 bytes of UTF-8, no control characters, no white space at its ends.</remarks>
    public string? Group
    {
        get;
        set => Set(ref field, value is PeerIdRules.NoGroup ? null : value, nameof(Group));
    }

    /// <summary>Gets or sets whether the peer is a hub of its group. Variable <c>NET_IS_HUB</c>. Default: false.</summary>
    public bool IsHub
    {
        get;
        set => Set(ref field, value, nameof(IsHub));
    }

    /// <summary>
    /// Gets or sets the first port to listen on, and to look for peers at. Variables <c>NET_PORT_START</c> and
    /// <c>NET_PORT</c>. Default: 3010. Range: 1 to 65535.
    /// </summary>
    public int PortStart
    {
        get;
        set => Set(ref field, value, nameof(PortStart));
    } = PeerAddress.DefaultPort;

    /// <summary>
    /// Gets or sets how many ports after the first one belong to the range, so that 3010 and 5 mean 3010 to 3015. When all
    /// are taken, any free port will do. Variable <c>NET_PORT_RANGE</c>. Default: 5. Range: 0 to 1000.
    /// </summary>
    public int PortRange
    {
        get;
        set => Set(ref field, value, nameof(PortRange));
    } = 5;

    /// <summary>
    /// Gets or sets a sixteenth of how many addresses a search for peers tries at once; it never limits calls. Variable
    /// <c>NET_THREAD_LIMIT</c>. Default: 5. Range: 1 to 1024.
    /// </summary>
    public int ThreadLimit
    {
        get;
        set => Set(ref field, value, nameof(ThreadLimit));
    } = 5;

    /// <summary>Gets or sets whether debug logs are written to standard error. Variable <c>NET_DEV</c>. Default: false.</summary>
    public bool Dev
    {
        get;
        set => Set(ref field, value, nameof(Dev));
    }

    /// <summary>
    /// Gets or sets whether peers of the Python library app-net, 0.3 to 0.6, are served, called and found, on this host only. They prove
    /// nothing: any program of this host that speaks as they do is served. Variable <c>NET_PYTHON</c>. Default: false.
    /// </summary>
    public bool Python
    {
        get;
        set => Set(ref field, value, nameof(Python));
    }

    /// <summary>
    /// Gets or sets how often Python peers, which announce nothing, are looked for while somebody watches for peers or subscribes to their
    /// events. Default: 5 s. Range: 1 s to an hour.
    /// </summary>
    public TimeSpan PythonProbeInterval
    {
        get;
        set => Set(ref field, value, nameof(PythonProbeInterval));
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets whether calls with <c>peer: null</c> write and read their arguments and results as if they travelled, so that what
    /// would fail on another peer fails at once; null: as <see cref="Dev"/> says, which is filled in when the peer starts. Default: null.
    /// </summary>
    public bool? VerifyLocalCalls
    {
        get;
        set => Set(ref field, value, nameof(VerifyLocalCalls));
    }

    /// <summary>
    /// Gets or sets how long a call may take that says nothing else; null: as long as the function and the link last.
    /// Default: null. Range: above zero, to 24 days.
    /// </summary>
    public TimeSpan? DefaultTimeout
    {
        get;
        set => Set(ref field, value, nameof(DefaultTimeout));
    }

    /// <summary>
    /// Gets values of the program's own that others see in <see cref="PeerInfo.Values"/>. Default: none. Range: 64 values
    /// of 1 KiB each, 8 KiB together.
    /// </summary>
    public IDictionary<string, string> Info { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets where logs go; null: warnings to standard error. Default: null.</summary>
    public ILoggerFactory? LoggerFactory
    {
        get;
        set => Set(ref field, value, nameof(LoggerFactory));
    }

    /// <summary>
    /// Gets or sets where the services are found whose methods are connected functions; each call has a scope of its own. Default: null, or
    /// those of the host that <c>AddAppNet</c> added the peer to.
    /// </summary>
    public IServiceProvider? Services
    {
        get;
        set => Set(ref field, value, nameof(Services));
    }

    /// <summary>Gets or sets the clock of all deadlines and intervals. Default: the system's.</summary>
    public TimeProvider TimeProvider
    {
        get;
        set => Set(ref field, value, nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>
    /// Gets who knows how to write and read the program's own types, such as its <c>JsonSerializerContext</c>; asked in
    /// order, and before reflection. Default: none.
    /// </summary>
    public IList<IJsonTypeInfoResolver> SerializerContexts { get; private set; } = [];

    /// <summary>
    /// Gets or sets how many calls of one link may run at once; beyond it they fail with
    /// <see cref="NetError.Overloaded"/>. Default: 65,536. Range: 1 to 16,777,216.
    /// </summary>
    public int MaxCallsPerLink
    {
        get;
        set => Set(ref field, value, nameof(MaxCallsPerLink));
    } = 65_536;

    /// <summary>Gets or sets how many tags one link may number. Default: 4,096. Range: 16 to 1,048,576.</summary>
    public int MaxTagsPerLink
    {
        get;
        set => Set(ref field, value, nameof(MaxTagsPerLink));
    } = 4_096;

    /// <summary>
    /// Gets or sets how many bytes of arguments the calls of one link may hold that run here or wait to; beyond it further ones fail with
    /// <see cref="NetError.Overloaded"/>, except for a call that is alone. Default: 256 MiB. Range: 64 KiB to 16 GiB.
    /// </summary>
    public long MaxArgumentBytesPerLink
    {
        get;
        set => Set(ref field, value, nameof(MaxArgumentBytesPerLink));
    } = 256L * 1024 * 1024;

    /// <summary>
    /// Gets or sets how large one message may be, in bytes; a larger one fails its call and not the link. Default: 16 MiB.
    /// Range: 4 KiB to 1 GiB.
    /// </summary>
    public int MaxMessageBytes
    {
        get;
        set => Set(ref field, value, nameof(MaxMessageBytes));
    } = 16 * 1024 * 1024;

    /// <summary>
    /// Gets or sets how many bytes of one stream may be on their way to this peer, or wait here to be read, before its sender waits.
    /// Default: 1 MiB. Range: 4 KiB to 1 GiB.
    /// </summary>
    public int StreamBytes
    {
        get;
        set => Set(ref field, value, nameof(StreamBytes));
    } = 1024 * 1024;

    /// <summary>
    /// Gets or sets the same for all streams of one link together. Default: 8 MiB. Range: 4 KiB to 1 GiB.
    /// </summary>
    public int StreamBytesPerLink
    {
        get;
        set => Set(ref field, value, nameof(StreamBytesPerLink));
    } = 8 * 1024 * 1024;

    /// <summary>
    /// Gets or sets how many bytes may wait to be sent on one link before callers wait. Default: 8 MiB. Range: 64 KiB to
    /// 1 GiB.
    /// </summary>
    public int SendQueueBytes
    {
        get;
        set => Set(ref field, value, nameof(SendQueueBytes));
    } = 8 * 1024 * 1024;

    /// <summary>Gets or sets how long two peers may take to get to know each other. Default: 5 s. Range: above zero, to an hour.</summary>
    public TimeSpan HandshakeTimeout
    {
        get;
        set => Set(ref field, value, nameof(HandshakeTimeout));
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets how many bytes somebody unknown may send in getting to know this peer. Default: 64 KiB. Range: 32 KiB
    /// to 1 MiB.
    /// </summary>
    public int MaxHandshakeBytes
    {
        get;
        set => Set(ref field, value, nameof(MaxHandshakeBytes));
    } = 64 * 1024;

    /// <summary>Gets or sets how many links the peer keeps at once; beyond it new ones are refused. Default: 10,000. Range: 1 to 1,000,000.</summary>
    public int MaxLinks
    {
        get;
        set => Set(ref field, value, nameof(MaxLinks));
    } = 10_000;

    /// <summary>
    /// Gets or sets how long a peer that stops waits for the calls it runs; zero: not at all. Default: 10 s. Range: 0 to
    /// 24 hours.
    /// </summary>
    public TimeSpan DrainTimeout
    {
        get;
        set => Set(ref field, value, nameof(DrainTimeout));
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a peer on this host may be silent. Default: 0.5, 1 and 2 s. Range: rising, to an hour.</summary>
    public KeepAliveOptions KeepAliveOnHost
    {
        get;
        set => Set(ref field, value, nameof(KeepAliveOnHost));
    } = KeepAliveOptions.OnHost;

    /// <summary>Gets or sets how long a peer on another host may be silent. Default: 1, 3 and 5 s. Range: rising, to an hour.</summary>
    public KeepAliveOptions KeepAliveOnNetwork
    {
        get;
        set => Set(ref field, value, nameof(KeepAliveOnNetwork));
    } = KeepAliveOptions.OnNetwork;

    /// <summary>Gets the directories that other packages bring, asked beside our own sources of peers. Default: none.</summary>
    public IList<IPeerDirectory> Directories { get; private set; } = [];

    /// <summary>
    /// Gets or sets the file that keeps the key that this peer shares with other hosts; null: <c>appnet/key</c> in the user's folder for
    /// configurations. It is made when a key is first needed. A file that holds nothing but the base64 of 32 random bytes is one too.
    /// Variable <c>NET_KEY_FILE</c>. Default: null.
    /// </summary>
    public string? KeyFile
    {
        get;
        set => Set(ref field, value, nameof(KeyFile));
    }

    /// <summary>
    /// Gets or sets whether the peer trusts its network: it then listens there in plain text, and runs what anybody calls who reaches
    /// it. It warns of that at each start. Variable <c>NET_OPEN</c>. Default: false.
    /// </summary>
    public bool IsOpen
    {
        get;
        set => Set(ref field, value, nameof(IsOpen));
    }

    /// <summary>
    /// Gets the addresses of this host on which the peer listens for other hosts, once a key is shared with them, the one that others
    /// are told first. Default: none, which means all that the network interfaces of this host have.
    /// </summary>
    public IList<IPAddress> ListenOn { get; private set; } = [];

    /// <summary>
    /// Gets further addresses by which other hosts reach this peer, where addresses are translated on the way. A peer refuses links
    /// that mean an address it doesn't know as its own, as they may have been led astray. Default: none.
    /// </summary>
    public IList<IPAddress> ReachedAs { get; private set; } = [];

    /// <summary>
    /// Gets or sets what decides, on each call that comes from another peer, whether it may be: it sees who calls and what. Null: all
    /// may, except for what <see cref="ConnectAttribute.Groups"/> says. It runs where functions run, on many threads, and should be
    /// quick; what it throws refuses the call. Default: null.
    /// </summary>
    public Func<CallContext, Connection, bool>? Authorize
    {
        get;
        set => Set(ref field, value, nameof(Authorize));
    }

    /// <summary>
    /// Gets or sets whether functions are hidden from who may not call them: the call fails with <see cref="NetError.NoSuchConnection"/>, as
    /// for a function that is not there, rather than with <see cref="NetError.NotAuthorized"/>, and <c>connections</c> leaves them out.
    /// Default: false.
    /// </summary>
    public bool HidesFunctions
    {
        get;
        set => Set(ref field, value, nameof(HidesFunctions));
    }

    /// <summary>
    /// Gets or sets how often a minute those who come from one address of a network may fail to prove themselves, before they are turned
    /// away unheard until the minute is over. Default: 60. Range: 1 to 1,000,000.
    /// </summary>
    public int MaxFailuresPerMinute
    {
        get;
        set => Set(ref field, value, nameof(MaxFailuresPerMinute));
    } = 60;

    /// <summary>
    /// Gets or sets whether peers of this host are reached over Unix domain sockets, where the platform has them, rather than over
    /// loopback TCP, which is slower. Default: true.
    /// </summary>
    public bool UseUnixSockets
    {
        get;
        set => Set(ref field, value, nameof(UseUnixSockets));
    } = true;

    /// <summary>
    /// Gets or sets a network in memory that the peer lives on in place of this host's sockets and files, for tests. Default: null,
    /// the host.
    /// </summary>
    public MemoryNetwork? Network
    {
        get;
        set => Set(ref field, value, nameof(Network));
    }

    /// <summary>
    /// Makes the options that are in force: a copy that can't be changed, in which the layers have filled what code left
    /// open.
    /// </summary>
    /// <param name="layers">The layers outside the code, the one that counts most first.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">Something is out of range or can't be read; the message holds all of it.</exception>
    [SuppressMessage("Usage", "MA0015", Justification = "What is wrong are properties, and variables, not a parameter of this.")]
    internal NetOptions InForce(params ReadOnlySpan<NetSettings> layers)
    {
        var copy = (NetOptions)MemberwiseClone();
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        copy.Info = new Dictionary<string, string>(Info, StringComparer.Ordinal);
        copy.SerializerContexts = Array.AsReadOnly([.. SerializerContexts]);
        copy.Directories = Array.AsReadOnly([.. Directories]);
        copy.ListenOn = Array.AsReadOnly([.. ListenOn]);
        copy.ReachedAs = Array.AsReadOnly([.. ReachedAs]);
        copy._state = State.BeingFilled;

        // The weakest first, each overwriting what the one before it has filled.
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            copy.Fill(layers[i], origins);
            problems.AddRange(layers[i].Problems);
        }

        copy.Info = new System.Collections.ObjectModel.ReadOnlyDictionary<string, string>(copy.Info);
        copy.VerifyLocalCalls ??= copy.Dev;
        problems.AddRange(NetOptionsCheck.Problems(copy, origins));
        copy._state = State.InForce;
        return problems.Count == 0 ? copy : throw new ArgumentException(NetOptionsCheck.Message(problems));
    }

    /// <summary>Makes the options that are in force after a change at run time.</summary>
    /// <param name="group">The group; null: as before, <c>None</c>: none.</param>
    /// <param name="isHub">Whether the peer is a hub; null: as before.</param>
    /// <param name="info">All values of the program's own; null: as before.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">Something is out of range; the message holds all of it.</exception>
    [SuppressMessage("Usage", "MA0015", Justification = "What is wrong may be several parameters.")]
    internal NetOptions Reconfigured(string? group, bool? isHub, IReadOnlyDictionary<string, string>? info)
    {
        var copy = (NetOptions)MemberwiseClone();
        copy._state = State.BeingFilled;
        copy.Group = group ?? Group;
        copy.IsHub = isHub ?? IsHub;
        copy.Info = info is null
            ? Info
            : new System.Collections.ObjectModel.ReadOnlyDictionary<string, string>(new Dictionary<string, string>(info, StringComparer.Ordinal));
        string[] problems = [.. NetOptionsCheck.Problems(copy, new Dictionary<string, string>(StringComparer.Ordinal))];
        copy._state = State.InForce;
        return problems.Length == 0
            ? copy
            : throw new ArgumentException($"The peer can't be reconfigured so. {string.Join(" ", problems)}");
    }

    /// <summary>Says what <see cref="Dev"/> will be once the peer starts.</summary>
    /// <param name="environment">The environment's layer.</param>
    /// <returns>Whether debug logs will be written.</returns>
    internal bool IsDev(NetSettings environment) => _state == State.InForce || _set.Contains(nameof(Dev)) ? Dev : environment.Dev ?? Dev;

    private void Fill(NetSettings layer, Dictionary<string, string> origins)
    {
        Group = Pick(nameof(Group), layer.Group is not null, layer.Group, Group);
        IsHub = Pick(nameof(IsHub), layer.IsHub is not null, layer.IsHub.GetValueOrDefault(), IsHub);
        PortStart = Pick(nameof(PortStart), layer.PortStart is not null, layer.PortStart.GetValueOrDefault(), PortStart);
        PortRange = Pick(nameof(PortRange), layer.PortRange is not null, layer.PortRange.GetValueOrDefault(), PortRange);
        ThreadLimit = Pick(nameof(ThreadLimit), layer.ThreadLimit is not null, layer.ThreadLimit.GetValueOrDefault(), ThreadLimit);
        Python = Pick(nameof(Python), layer.Python is not null, layer.Python.GetValueOrDefault(), Python);
        KeyFile = Pick(nameof(KeyFile), layer.KeyFile is not null, layer.KeyFile, KeyFile);
        IsOpen = Pick(nameof(IsOpen), layer.IsOpen is not null, layer.IsOpen.GetValueOrDefault(), IsOpen);
        Dev = Pick(nameof(Dev), layer.Dev is not null, layer.Dev.GetValueOrDefault(), Dev);
        foreach (var (property, apply) in layer.Others)
        {
            if (!_set.Contains(property))
            {
                apply(this);
                origins[property] = layer.Origins.GetValueOrDefault(property, property);
            }
        }

        T Pick<T>(string property, bool isGiven, T given, T before)
        {
            if (!isGiven || _set.Contains(property))
            {
                return before;
            }

            origins[property] = layer.Origins.GetValueOrDefault(property, property);
            return given;
        }
    }

    private void Set<T>(ref T property, T value, string name)
    {
        if (_state == State.InForce)
        {
            throw new InvalidOperationException($"NetOptions.{name} can't be changed any more: the peer has been started with it.");
        }

        property = value;
        if (_state == State.Open)
        {
            _ = _set.Add(name);
        }
    }

    private enum State
    {
        Open,
        BeingFilled,
        InForce,
    }
}
