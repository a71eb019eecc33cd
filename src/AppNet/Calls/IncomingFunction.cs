using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>A function as one link calls it: found once, and known for how long it holds its thread.</summary>
/// <param name="tag">The tag.</param>
internal sealed class IncomingFunction(string tag)
{
    // Never the first call, in which the function is compiled.
    private const int SampleEvery = 8;

    // Half a takeover's patience already delays everybody behind; see docs/performance.md.
    private static readonly TimeSpan SlowFrom = TimeSpan.FromMicroseconds(100);

    private int _version = -1;
    private int _calls;
    private long _averageTicks;

    /// <summary>Makes one that was not found by its tag: a callback.</summary>
    /// <param name="name">Its name, for logs and messages.</param>
    /// <param name="connection">The function, or null when there is none any more.</param>
    /// <param name="context">The context in which it runs; null: the peer's own.</param>
    public IncomingFunction(string name, Connection? connection, ExecutionContext? context)
        : this(name)
    {
        Connection = connection;
        Context = context;
        IsCallback = true;
    }

    /// <summary>Gets whether it is a callback, which belongs to a call of this peer's.</summary>
    public bool IsCallback { get; }

    /// <summary>Gets the context in which it runs; null: the peer's own.</summary>
    public ExecutionContext? Context { get; }

    /// <summary>Gets the tag.</summary>
    public string Tag => tag;

    /// <summary>Gets the function, or null while this peer has none under the tag.</summary>
    public Connection? Connection { get; private set; }

    /// <summary>Gets whether it must be asked who calls.</summary>
    public bool IsGuarded { get; private set; }

    /// <summary>
    /// Gets whether the function has lately held its thread for so long that it is not run on the read loop. A guess that may be
    /// stale: what it decides is only the place.
    /// </summary>
    public bool IsSlow => Volatile.Read(ref _averageTicks) > SlowFrom.Ticks;

    /// <summary>Finds the function, anew when functions were added since. On the read loop.</summary>
    /// <param name="connections">The functions that the peer offers.</param>
    /// <param name="guard">Who says who may call what.</param>
    public void Resolve(ConnectionTable connections, CallGuard guard)
    {
        var version = connections.Version;
        if (version != _version)
        {
            Connection = connections.TryGet(tag, out var found) ? found : null;
            IsGuarded = Connection is not null && guard.Guards(Connection);
            _version = version;
        }
    }

    /// <summary>Says whether this call's time should be taken: of a quick function only some are.</summary>
    /// <returns>Whether it should.</returns>
    public bool ShouldMeasure() => IsSlow || _calls++ % SampleEvery == SampleEvery - 1;

    /// <summary>Takes note of how long the function held its thread.</summary>
    /// <param name="time">The time.</param>
    public void Measured(TimeSpan time)
    {
        var average = Volatile.Read(ref _averageTicks);
        Volatile.Write(ref _averageTicks, average + ((time.Ticks - average) / 4));
    }

    /// <summary>Takes note that the function holds its thread right now.</summary>
    public void HeldUp() => Volatile.Write(ref _averageTicks, 8 * SlowFrom.Ticks);
}
