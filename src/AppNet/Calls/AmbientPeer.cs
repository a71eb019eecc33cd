namespace AppNet.Calls;

/// <summary>The peer that the running function runs on. Flows with the execution context, as <see cref="AsyncLocal{T}"/> does.</summary>
internal static class AmbientPeer
{
    private static readonly AsyncLocal<object?> Owner = new();

    /// <summary>Gets the current peer, or null outside of functions that a peer runs.</summary>
    public static object? Current => Owner.Value;

    /// <summary>Gets or sets what gives the peer of the process. Set once, by the facade's module initializer; null only without one.</summary>
    public static Func<ICallOwner>? OfProcess { get; set; }

    /// <summary>Gets the peer that a call made here without the wire belongs to: the current one, else that of the process.</summary>
    public static ICallOwner CallOwner =>
        Current as ICallOwner ?? OfProcess?.Invoke() ?? throw new InvalidOperationException("The process has no peer.");

    /// <summary>Makes the context in which a peer's functions run: of all ambient values only the current peer is set.</summary>
    /// <param name="owner">The peer.</param>
    /// <returns>The context.</returns>
    public static ExecutionContext CaptureContext(object owner)
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() =>
        {
            Owner.Value = owner;
            captured = ExecutionContext.Capture();
        })
        { IsBackground = true, Name = "AppNet context" };

        // A thread that starts without the context of the one that starts it has none of its ambient values.
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
