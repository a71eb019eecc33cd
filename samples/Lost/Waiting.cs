using AppNet;

namespace Lost;

/// <summary>The same file in both processes.</summary>
internal static class Waiting
{
    private static readonly TaskCompletionSource Beginning = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets a task that ends when the function over there has begun.</summary>
    public static Task Begun => Beginning.Task;

    /// <summary>Tells the caller that it runs, and then does nothing for ever.</summary>
    [Connect]
    public static async Task NeverEnds(CallContext context, CancellationToken cancellationToken)
    {
        await Waiting.HasBegun(peer: context.Caller, cancellationToken: cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>Called back by <see cref="NeverEnds"/>.</summary>
    [Connect]
    public static void HasBegun() => Beginning.TrySetResult();
}
