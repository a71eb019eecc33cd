using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>
/// The subscriptions of this peer at Python peers: each is registered there under a name of its own, by which a delivery says whose it is.
/// As the Python library has no way to unsubscribe, each is registered once for a Python peer and an event, and kept. Safe for use from many
/// threads.
/// </summary>
internal sealed class PythonInbox
{
    // Nobody can guess the rest: so only those who were given the name deliver under it.
    private const string Prefix = "appnet.subscription_";

    // What the base64 of all such names begins with: whole groups only.
    private static readonly string EncodedPrefix = ConnectionNames.Untagged(Prefix[..18]);

    private readonly PythonSetup _setup;
    private readonly ConcurrentDictionary<string, Registration> _byName = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<(PythonNeighbour Neighbour, string Event), Registration> _byEvent = [];

    private int _subscriptions;

    /// <summary>Makes it.</summary>
    /// <param name="setup">This peer.</param>
    public PythonInbox(PythonSetup setup)
    {
        _setup = setup;
    }

    /// <summary>Counts a subscription of a Python peer here.</summary>
    /// <exception cref="NetException">There are as many as may be.</exception>
    public void CountSubscription()
    {
        if (Interlocked.Increment(ref _subscriptions) > PythonLimits.Subscriptions)
        {
            _ = Interlocked.Decrement(ref _subscriptions);
            throw new NetException(NetError.Overloaded, $"Python peers hold {PythonLimits.Subscriptions} subscriptions here, as many as this peer takes.");
        }
    }

    /// <summary>Takes note that a subscription of a Python peer has ended.</summary>
    public void EndSubscription() => Interlocked.Decrement(ref _subscriptions);

    /// <summary>Registers at a Python peer for an event, unless that was done.</summary>
    /// <param name="neighbour">The Python peer.</param>
    /// <param name="eventName">The event.</param>
    /// <returns>Why it did not take the registration; null: it did.</returns>
    public async Task<string?> RegisterAsync(PythonNeighbour neighbour, string eventName)
    {
        Registration registration;
        Task<string?> answer;
        lock (_gate)
        {
            if (!_byEvent.TryGetValue((neighbour, eventName), out registration!))
            {
                registration = new Registration(neighbour, eventName, NewName());
                _byEvent.Add((neighbour, eventName), registration);
                _byName[Travelling(registration.Name, neighbour.Family)] = registration;
            }

            answer = registration.Answer ??= Task.Run(() => AskAsync(registration));
        }

        var refusal = await answer.ConfigureAwait(false);
        if (refusal is not null)
        {
            lock (_gate)
            {
                // Whoever asks next asks the Python peer again.
                registration.Answer = registration.Answer == answer ? null : registration.Answer;
            }
        }

        return refusal;
    }

    /// <summary>Takes a delivery.</summary>
    /// <param name="request">A request.</param>
    /// <param name="family">The wire.</param>
    /// <returns>Whether it is one; what nobody wants any more is dropped.</returns>
    public bool TryDeliver(PythonRequest request, PythonFamily family)
    {
        if (_byName.TryGetValue(request.Connection, out var registration))
        {
            registration.Neighbour.Raise(registration.Event, request);
            return true;
        }

        // One of an earlier life of this peer, perhaps: some Python peers fail when such a delivery is turned away.
        return request.Connection.StartsWith(family == PythonFamily.V06 ? Prefix : EncodedPrefix, StringComparison.Ordinal);
    }

    /// <summary>
    /// Tells by what a Python peer says of itself whether it still knows what was registered: one that has started anew does not. On the
    /// 0.6 wire only.
    /// </summary>
    /// <param name="neighbour">The Python peer.</param>
    /// <param name="info">What it says.</param>
    /// <returns>Whether it does.</returns>
    public bool IsKnownTo(PythonNeighbour neighbour, PythonInfo info)
    {
        lock (_gate)
        {
            return neighbour.Family == PythonFamily.V04 || !_byEvent.Values.Any(registration =>
                registration.Neighbour == neighbour
                && registration.Answer is { IsCompletedSuccessfully: true }
                && !info.Subscriptions.Contains(registration.Event, StringComparer.Ordinal));
        }
    }

    /// <summary>Forgets what was registered at a Python peer that is gone.</summary>
    /// <param name="neighbour">The Python peer.</param>
    public void Forget(PythonNeighbour neighbour)
    {
        lock (_gate)
        {
            foreach (var (key, registration) in _byEvent.Where(pair => pair.Key.Neighbour == neighbour).ToArray())
            {
                _ = _byEvent.Remove(key);
                _ = _byName.TryRemove(Travelling(registration.Name, neighbour.Family), out _);
            }
        }
    }

    private static string NewName() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Travelling(string name, PythonFamily family) =>
        family == PythonFamily.V06 ? name : ConnectionNames.Untagged(name);

    private async Task<string?> AskAsync(Registration registration)
    {
        var neighbour = registration.Neighbour;
        try
        {
            var handler = ConnectionNames.Of(ConnectionNames.Defaults + "subscription_handler", neighbour.Family)[0];
            var reply = await neighbour.CallByNameAsync(handler, ArgumentsOf(registration), isNamed: false, CancellationToken.None).ConfigureAwait(false);
            if (reply.Value is not null)
            {
                return null;
            }

            var refusal = reply.Traceback is { } traceback ? PythonTraceback.Read(traceback).Message : reply.Flag ?? reply.Fault ?? "";
            Log.PythonSubscribingFailed(_setup.Logger, neighbour.Info.Id, registration.Event, refusal);
            return refusal;
        }
        catch (NetException exception)
        {
            Log.PythonSubscribingFailed(_setup.Logger, neighbour.Info.Id, registration.Event, exception.Message);

            // With the link the rule learns that it must begin anew.
            neighbour.Leave();
            return exception.Message;
        }
    }

    private ReadOnlyMemory<byte> ArgumentsOf(Registration registration)
    {
        var self = _setup.Self();
        var name = Travelling(registration.Name, registration.Neighbour.Family);
        var json = new ArrayBufferWriter<byte>(256);
        json.Write("["u8);
        PythonText.Write(registration.Event, json);
        json.Write(","u8);
        if (registration.Neighbour.Family == PythonFamily.V04)
        {
            PythonText.Write(SubscriptionRequest.Quote(new PeerId(self.Host, self.Port).ToString()), json);
            name = SubscriptionRequest.Quote(name);
        }
        else
        {
            PythonText.Write(self.Host, json);
            json.Write(","u8);
            json.Write(System.Text.Encoding.ASCII.GetBytes(self.Port.ToString(CultureInfo.InvariantCulture)));
        }

        json.Write(","u8);
        PythonText.Write(name, json);
        json.Write("]"u8);
        return json.WrittenMemory;
    }

    private sealed class Registration(PythonNeighbour neighbour, string eventName, string name)
    {
        public PythonNeighbour Neighbour => neighbour;

        public string Event => eventName;

        public string Name => name;

        /// <summary>Gets or sets the answer of the Python peer, or null when it was not asked. Guarded by the inbox's lock.</summary>
        public Task<string?>? Answer { get; set; }
    }
}
