using System.Net;

namespace AppNet.Security;

/// <summary>
/// Counts how often who comes from an address could not prove itself, and says when that is too often: it is then turned away unheard
/// until the minute is over. Safe for use from many threads.
/// </summary>
/// <param name="perMinute">How many failures an address may have in a minute.</param>
/// <param name="time">The clock.</param>
internal sealed class FailureLimit(int perMinute, TimeProvider time)
{
    // More would be an attack from many addresses, of which the oldest are let off.
    private const int MaxAddresses = 4096;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    // Guarded by _gate. The minute that began with an address's first failure, and how many there were in it.
    private readonly Dictionary<string, (long Since, int Count)> _failures = new(StringComparer.Ordinal);

    /// <summary>Gets how many failures an address may have in a minute.</summary>
    public int PerMinute => perMinute;

    /// <summary>Says whether an address has failed too often.</summary>
    /// <param name="remote">The other end, as a transport names it.</param>
    /// <returns>Whether it is to be turned away.</returns>
    public bool IsBarred(string remote)
    {
        lock (_gate)
        {
            return _failures.TryGetValue(AddressOf(remote), out var failures) && failures.Count >= perMinute && !IsOver(failures.Since);
        }
    }

    /// <summary>Counts a failure.</summary>
    /// <param name="remote">The other end, as a transport names it.</param>
    /// <returns>How many the address has had in this minute.</returns>
    public int Add(string remote)
    {
        var address = AddressOf(remote);
        lock (_gate)
        {
            var (since, count) = _failures.TryGetValue(address, out var failures) && !IsOver(failures.Since)
                ? failures
                : (time.GetTimestamp(), 0);
            if (count == 0)
            {
                MakeRoomLocked();
            }

            _failures[address] = (since, count + 1);
            return count + 1;
        }
    }

    // Its port changes with each attempt.
    private static string AddressOf(string remote) => IPEndPoint.TryParse(remote, out var endPoint) ? endPoint.Address.ToString() : remote;

    private bool IsOver(long since) => time.GetElapsedTime(since) >= Minute;

    private void MakeRoomLocked()
    {
        if (_failures.Count < MaxAddresses)
        {
            return;
        }

        foreach (var address in _failures.OrderBy(pair => pair.Value.Since).Take(MaxAddresses / 4).Select(pair => pair.Key).ToArray())
        {
            _ = _failures.Remove(address);
        }
    }
}
