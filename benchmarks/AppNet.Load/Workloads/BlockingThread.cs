namespace AppNet.Load.Workloads;

/// <summary>
/// A thread of its own for what blocks, so that the pool keeps its threads for timers and the control lines.
/// </summary>
internal static class BlockingThread
{
    /// <summary>Runs something that blocks.</summary>
    /// <param name="run">What to run.</param>
    /// <returns>A task that ends as it does.</returns>
    public static Task RunAsync(Action run) => Task.Factory.StartNew(
        run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
