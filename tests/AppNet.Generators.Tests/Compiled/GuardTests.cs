using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Who may call a function that names groups.</summary>
public sealed class GuardTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("ops", true, true)]
    [InlineData("guests", false, false)]
    public async Task A_function_is_for_the_groups_that_it_names(string? group, bool mayRestart, bool mayStop)
    {
        var network = new MemoryNetwork();
        await using var caller = new LocalPeer(new NetOptions { Network = network, Group = group });
        await using var callee = new LocalPeer(new NetOptions { Network = network });
        await caller.StartAsync(Cancelled);
        await callee.StartAsync(Cancelled);
        Peer peer = caller.GetPeer(callee.Id);

        Assert.Equal(mayRestart ? null : NetError.NotAuthorized, await ErrorOfAsync(Guarded.Restart(peer, Cancelled)));
        Assert.Equal(mayStop ? null : NetError.NotAuthorized, await ErrorOfAsync(Guarded.Stop(peer, Cancelled)));
    }

    [Fact]
    public async Task Here_it_is_for_everybody() => Assert.Equal(2, await Guarded.Stop(peer: null, Cancelled));

    private static async Task<NetError?> ErrorOfAsync(Task<int> call) =>
        await Record.ExceptionAsync(() => call) is { } failure ? Assert.IsType<NetException>(failure, exactMatch: false).Error : null;
}
