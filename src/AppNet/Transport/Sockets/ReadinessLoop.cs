using System.Collections.Concurrent;

namespace AppNet.Transport;

/// <summary>
/// Waits for the sockets of idle links on one thread of our own, where the system has epoll. Its events are one-shot: while nobody
/// waits for a socket, what arrives there wakes nobody but the thread that reads it. (A socket that has once waited asynchronously by
/// .NET's own means wakes two further threads with each arrival from then on.)
/// </summary>
/// <remarks>One for the process, started at the first wait and never ended, as the runtime's own socket engine.</remarks>
internal sealed class ReadinessLoop
{
    private const int EventsAtOnce = 256;

    private static readonly Lazy<ReadinessLoop?> Process = new(TryStart);

    private readonly int _set;
    private readonly ConcurrentDictionary<long, SocketReadiness> _sockets = new();
    private long _lastKey;

    private ReadinessLoop(int set)
    {
        _set = set;
    }

    /// <summary>Gets the loop, or null where the system has no epoll.</summary>
    public static ReadinessLoop? Shared => Process.Value;

    /// <summary>Begins to know a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>Its key.</returns>
    public long Add(SocketReadiness socket)
    {
        var key = Interlocked.Increment(ref _lastKey);
        _sockets[key] = socket;
        return key;
    }

    /// <summary>Forgets a socket, which is about to be closed and so leaves the system's set.</summary>
    /// <param name="key">Its key.</param>
    public void Remove(long key) => _sockets.TryRemove(key, out _);

    /// <summary>Asks for the next event of a socket.</summary>
    /// <param name="descriptor">The socket's descriptor.</param>
    /// <param name="isNew">Whether it is the first time.</param>
    /// <param name="events">What to wait for.</param>
    /// <param name="key">The socket's key.</param>
    public void Arm(int descriptor, bool isNew, uint events, long key) => Epoll.Arm(_set, descriptor, isNew, events, key);

    private static ReadinessLoop? TryStart()
    {
        if (!OperatingSystem.IsLinux() || Epoll.Create() is var set && set < 0)
        {
            return null;
        }

        var loop = new ReadinessLoop(set);
        new Thread(loop.Run) { IsBackground = true, Name = "AppNet sockets" }.UnsafeStart();
        return loop;
    }

    private void Run()
    {
        var events = new byte[EventsAtOnce * Epoll.EventSize];
        while (true)
        {
            var count = Epoll.Wait(_set, events);
            for (var i = 0; i < count; i++)
            {
                var (happened, key) = Epoll.Read(events, i);
                if (_sockets.TryGetValue(key, out var socket))
                {
                    socket.OnEvents(happened);
                }
            }
        }
    }
}
