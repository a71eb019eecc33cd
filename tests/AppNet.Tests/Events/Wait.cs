namespace AppNet.Tests.Events;

internal static class Wait
{
    /// <summary>Waits until something is so that nobody tells of.</summary>
    public static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    public static Task UntilSubscribedAsync(this LocalPeer publisher, string eventName, int count, CancellationToken cancellationToken) =>
        UntilAsync(() => publisher.Subscriptions[eventName].Count == count, cancellationToken);

    public static Peer Handle(this LocalPeer peer, LocalPeer of) => of.GetPeer(peer.Id);
}
