using System.Net;
using AppNet.Security;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// How a peer on this host meets other hosts: not at all until its key is shared, then by TLS made of that key; or in plain text where
/// the network is trusted. Safe for use from many threads.
/// </summary>
internal sealed class HostNetwork
{
    private readonly NetOptions _options;
    private readonly ILogger _logger;
    private readonly TcpTransport _tcp;
    private readonly KeyFile? _keyFile;
    private readonly TlsTransport _tls;
    private readonly InvitationBook _invitations;

    // The addresses that are listened on; empty until they are.
    private volatile IReadOnlyList<IPAddress> _own = [];

    /// <summary>Makes it; touches neither files nor sockets.</summary>
    /// <param name="options">The peer's options.</param>
    /// <param name="tcp">The plain way.</param>
    /// <param name="logger">Where it reports.</param>
    public HostNetwork(NetOptions options, TcpTransport tcp, ILogger logger)
    {
        _options = options;
        _tcp = tcp;
        _logger = logger;
        _keyFile = KeyFile.Locate(options.KeyFile) is { } path ? new KeyFile(path, options.TimeProvider) : null;
        var limits = TlsLimits.Default with { HandshakeTimeout = options.HandshakeTimeout, HandshakeBytes = options.MaxHandshakeBytes };
        Failures = new FailureLimit(options.MaxFailuresPerMinute, options.TimeProvider);
        _tls = new TlsTransport(Credentials, limits, Failures, options.TimeProvider, logger);
        _invitations = new InvitationBook(options.TimeProvider);
    }

    /// <summary>Gets the keys.</summary>
    public Credentials Credentials { get; } = new(ring: null);

    /// <summary>Gets who has failed too often.</summary>
    public FailureLimit Failures { get; }

    /// <summary>Gets the way to other hosts.</summary>
    public ITransport Transport => _options.IsOpen ? _tcp : _tls;

    /// <summary>Gets whether other hosts may be met.</summary>
    public bool IsOpenToOthers => _options.IsOpen || Credentials.IsShared;

    /// <summary>Reads the key, if there is one.</summary>
    /// <exception cref="IOException">The key's file is refused.</exception>
    public void ReadKey()
    {
        if (_keyFile?.Read() is { } ring)
        {
            Credentials.Replace(ring);
        }
        else if (_options is { KeyFile: not null, IsOpen: false })
        {
            Log.NoKeyYet(_logger, _options.KeyFile);
        }
    }

    /// <summary>Begins to listen for other hosts, on all addresses with one port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The ways in, the one that others are told first in front; none when this host is alone, or stays so.</returns>
    /// <exception cref="AddressInUseException">The port is taken on one of the addresses.</exception>
    public IReadOnlyList<Entrance> Listen(int port)
    {
        if (!IsOpenToOthers || !IsPossible())
        {
            return [];
        }

        var entrances = new List<Entrance>();
        try
        {
            IEnumerable<IPAddress> addresses = _options.ListenOn.Count > 0 ? _options.ListenOn : OwnAddresses.Find();
            foreach (var address in addresses)
            {
                if (TryListen(address, port) is { } listener)
                {
                    entrances.Add(new Entrance(listener, Secret: null, IsOwnHost));
                }
            }
        }
        catch
        {
            entrances.ForEach(entrance => entrance.Listener.Dispose());
            throw;
        }

        _own = [.. entrances.Select(entrance => IPAddress.Parse(entrance.Listener.Address.Host))];
        Report(entrances);
        return entrances;
    }

    /// <summary>Shares the key, making one where there is none: from then on other hosts may come to have it.</summary>
    /// <param name="cancellationToken">Ends the wait for other processes.</param>
    /// <returns>A task that ends when it is so.</returns>
    /// <exception cref="InvalidOperationException">The network is trusted, so that a key is of no use.</exception>
    /// <exception cref="IOException">The key's file is refused or can't be written.</exception>
    public async Task ShareKeyAsync(CancellationToken cancellationToken)
    {
        if (_options.IsOpen)
        {
            throw new InvalidOperationException("This peer trusts its network (NET_OPEN), so it invites nobody: whoever reaches it is in already.");
        }

        Credentials.Replace(await File.ChangeAsync(
            static ring => (ring ?? KeyRing.Make()) with { IsShared = true }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes an invitation. The key is shared and listened for.</summary>
    /// <param name="uses">How many may join.</param>
    /// <param name="validFor">How long.</param>
    /// <param name="port">Where this peer listens.</param>
    /// <returns>The invitation.</returns>
    /// <exception cref="IOException">This host has no address in a network.</exception>
    public Invitation Invite(int uses, TimeSpan validFor, int port)
    {
        IPEndPoint[] endPoints =
            [.. _own.Concat(_options.ReachedAs).Take(InvitationText.MaxEndPoints).Select(address => new IPEndPoint(address, port))];
        if (endPoints.Length == 0)
        {
            throw new IOException("This host has no address at which others could reach it.");
        }

        _tls.Joining ??= AnswerAsync;
        var invitation = _invitations.Add(Credentials.Certificates[0].Fingerprint, endPoints, uses, validFor);
        Log.Invited(_logger, uses, invitation.ExpiresAt);
        return invitation;
    }

    /// <summary>Takes over the keys of a peer that has invited this user.</summary>
    /// <param name="invitation">Its invitation.</param>
    /// <param name="replaceKey">Whether a key may be given up that other hosts have.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that ends when the keys are in the file.</returns>
    /// <exception cref="InvitationException">It could not be; the keys are as before.</exception>
    /// <exception cref="InvalidOperationException">There is a key that other hosts have.</exception>
    /// <exception cref="IOException">The key's file is refused or can't be written. The invitation may have been used.</exception>
    public async Task JoinAsync(InvitationText invitation, bool replaceKey, CancellationToken cancellationToken)
    {
        CheckReplaceable(File.Read(), replaceKey);
        var given = await AskAsync(invitation, cancellationToken).ConfigureAwait(false);
        Credentials.Replace(await File.ChangeAsync(
            before =>
            {
                CheckReplaceable(before is { } known && known.Newest.Equals(given.Newest) ? null : before, replaceKey);
                return given;
            },
            cancellationToken).ConfigureAwait(false));
        Log.Joined(_logger, Credentials.ToString());
    }

    /// <summary>Puts a new key in front of the one in use, which stays valid until the next rotation.</summary>
    /// <param name="cancellationToken">Ends the wait for other processes.</param>
    /// <returns>A task that ends when the key is in the file.</returns>
    /// <exception cref="IOException">The key's file is refused or can't be written.</exception>
    public async Task RotateAsync(CancellationToken cancellationToken)
    {
        Credentials.Replace(await File.ChangeAsync(
            static ring => ring is null ? KeyRing.Make() : ring.Rotate(NetworkKey.Make()), cancellationToken).ConfigureAwait(false));
        Log.KeyRotated(_logger, Credentials.ToString());
    }

    /// <summary>Follows a peer that has rotated its keys.</summary>
    /// <param name="newest">The key that it uses now.</param>
    /// <param name="older">The one that it used before.</param>
    /// <returns>Whether this peer's keys are others now: not when it knew, or never had the older one in use.</returns>
    public async Task<bool> FollowAsync(NetworkKey newest, NetworkKey older)
    {
        if (Credentials.Ring is not { } ring || ring.Has(newest) || !ring.Newest.Equals(older))
        {
            return false;
        }

        try
        {
            ring = await File.ChangeAsync(
                before => before is null || before.Newest.Equals(older) ? (before ?? ring).Rotate(newest) : before, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            // A file that others keep, such as a tool for configurations: what it says counts again at the next start.
            Log.KeyNotKept(_logger, exception.Message);
            ring = ring.Rotate(newest);
        }

        Credentials.Replace(ring);
        Log.KeyRotated(_logger, Credentials.ToString());
        return true;
    }

    /// <summary>Says whether a host is one of those that are listened on. Touches no network.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether it is.</returns>
    public bool IsListenedOn(string host) => IPAddress.TryParse(host, out var address) && _own.Contains(address);

    /// <summary>Says which way leads to another host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The port.</param>
    /// <returns>The way; null: there is none.</returns>
    public TransportAddress? WayTo(string host, int port) => IsOpenToOthers ? new TransportAddress(Transport.Name, host, port) : null;

    private KeyFile File => _keyFile
        ?? throw new IOException("This user has no folder for configurations in which a key could be kept. Name a file in NET_KEY_FILE.");

    private static void CheckReplaceable(KeyRing? before, bool replaceKey)
    {
        if (before is { IsShared: true } && !replaceKey)
        {
            throw new InvalidOperationException(
                $"This user has a key that other hosts have too ({before}). To give it up and leave them, say so: replaceKey.");
        }
    }

    private async Task<KeyRing> AskAsync(InvitationText invitation, CancellationToken cancellationToken)
    {
        var failure = new InvitationException(InvitationFault.Unreachable, "The invitation names no address.");
        foreach (var endPoint in invitation.EndPoints)
        {
            using var timeout = new CancellationTokenSource(_options.HandshakeTimeout, _options.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                var address = new TransportAddress(TlsTransport.TransportName, endPoint.Address.ToString(), endPoint.Port);
                using var duplex = await _tls.ConnectToInviterAsync(address, invitation.Fingerprint, either.Token).ConfigureAwait(false);
                return await Joining.AskAsync(duplex, invitation.Secret, either.Token).ConfigureAwait(false);
            }
            catch (NotAcceptedException exception)
            {
                failure = new InvitationException(InvitationFault.NotTheInviter, $"At {endPoint} somebody else answers. {exception.Message}", exception);
            }
            catch (Exception exception) when (exception is IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                failure = failure.Fault == InvitationFault.NotTheInviter ? failure : new InvitationException(
                    InvitationFault.Unreachable, $"Nobody could be asked at {endPoint}: {exception.Message}", exception);
            }
        }

        throw failure;
    }

    private async Task AnswerAsync(IDuplex duplex, CancellationToken cancellationToken)
    {
        var fault = await Joining.AnswerAsync(
            duplex, Use, () => Credentials.Ring!, cancellationToken).ConfigureAwait(false);
        if (fault is { } why)
        {
            Log.JoinRefused(_logger, duplex.Info.Remote, why);
        }
        else
        {
            Log.HostJoined(_logger, duplex.Info.Remote, Credentials.ToString());
        }

        // A failure counts before whoever guesses knows of it, so that the next guess meets it.
        InvitationFault? Use(byte[] secret)
        {
            var found = _invitations.Use(secret);
            if (found is not null)
            {
                _ = Failures.Add(duplex.Info.Remote);
            }

            return found;
        }
    }

    // A name can't be judged: who gave it its address is not known here.
    private bool IsOwnHost(string host) =>
        !IPAddress.TryParse(host, out var address) || _own.Contains(address) || _options.ReachedAs.Contains(address);

    private bool IsPossible()
    {
        if (_options.IsOpen || TlsSettings.IsSupported)
        {
            return true;
        }

        Log.NoTlsHere(_logger);
        return false;
    }

    private IDuplexListener? TryListen(IPAddress address, int port)
    {
        try
        {
            return Transport.Listen(new TransportAddress(Transport.Name, address.ToString(), port));
        }
        catch (IOException exception) when (exception is not AddressInUseException)
        {
            // An address that is not ready yet, or is about to go, such as an interface's that changes.
            Log.AddressNotListenedOn(_logger, address.ToString(), exception.Message);
            return null;
        }
    }

    private void Report(List<Entrance> entrances)
    {
        var where = string.Join(", ", entrances);
        if (_options.IsOpen)
        {
            Log.NetworkIsOpen(_logger, where);
        }
        else
        {
            Log.ListensForOthers(_logger, where, Credentials.ToString());
        }
    }
}
