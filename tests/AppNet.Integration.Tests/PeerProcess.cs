using AppNet.TestKit;
using Xunit;

namespace AppNet.Integration.Tests;

/// <summary>Another process that is a peer. Its neighbourhood ends it.</summary>
/// <param name="Process">The process.</param>
/// <param name="Id">The peer's id.</param>
/// <param name="Instance">The peer's instance.</param>
internal sealed record PeerProcess(ChildProcess Process, PeerId Id, Guid Instance)
{
    /// <summary>Waits until so many calls are under way that say so.</summary>
    /// <param name="calls">How many.</param>
    /// <returns>A task that ends when they are.</returns>
    public Task UnderWayAsync(int calls = 1)
    {
        var seen = 0;
        return Process.WaitForLineAsync(line => line == "under way" && ++seen == calls, TestContext.Current.CancellationToken);
    }

    /// <summary>Lets the functions go on that wait for it.</summary>
    /// <returns>A task that ends when the process is told.</returns>
    public Task ReleaseAsync() => Process.WriteLineAsync("release", TestContext.Current.CancellationToken);

    /// <summary>Waits until the process has ended.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> EndAsync() => Process.WaitForExitAsync(TestContext.Current.CancellationToken);
}
