using AppNet.Tests.Links;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace AppNet.Tests.Hosting;

/// <summary>Peers that start and stop with a host. One after the other: they share the peer of the process.</summary>
[Collection(Alone.Name)]
public sealed class HostingTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Ends whatever peer of the process there is, so that a host can have a new one.</summary>
    public async ValueTask InitializeAsync() => await Net.Peer.DisposeAsync();

    /// <summary>Leaves a peer of the process that can start.</summary>
    public ValueTask DisposeAsync()
    {
        _ = Net.TakePeer();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_peer_starts_and_stops_with_its_host_and_is_that_of_the_process()
    {
        using var host = Build();
        var peer = host.Services.GetRequiredService<LocalPeer>();

        await host.StartAsync(Token).Within();
        var wasRunning = peer.IsRunning;
        var current = Net.Peer;
        await host.StopAsync(Token).Within();

        Assert.True(wasRunning);
        Assert.Same(peer, current);
        Assert.False(peer.IsRunning);
    }

    [Fact]
    public async Task A_later_host_has_the_peer_of_the_process_and_one_beside_it_has_its_own()
    {
        using var first = Build();
        await first.StartAsync(Token).Within();
        using var beside = Build();
        await beside.StartAsync(Token).Within();
        var besides = beside.Services.GetRequiredService<LocalPeer>();
        var firsts = Net.Peer;
        await beside.StopAsync(Token).Within();
        await first.StopAsync(Token).Within();
        using var later = Build();
        await later.StartAsync(Token).Within();

        Assert.Same(first.Services.GetRequiredService<LocalPeer>(), firsts);
        Assert.NotSame(firsts, besides);
        Assert.Same(later.Services.GetRequiredService<LocalPeer>(), Net.Peer);
        await later.StopAsync(Token).Within();
    }

    [Fact]
    public async Task Stopping_the_host_finishes_the_calls_under_way()
    {
        var network = new MemoryNetwork();
        using var host = Build(options => options.Network = network);
        await host.StartAsync(Token).Within();
        var peer = host.Services.GetRequiredService<LocalPeer>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = peer.Connect("wait", async () =>
        {
            begun.SetResult();
            await release.Task;
            return 5;
        });
        await using var caller = new LocalPeer(new NetOptions { Network = network });
        await caller.StartAsync(Token);
        var call = caller.GetPeer(peer.Id).InvokeAsync<int>("wait", cancellationToken: Token);
        await begun.Task.Within();

        var stop = host.StopAsync(Token);
        var hadStopped = stop.IsCompleted;
        release.SetResult();

        Assert.Equal(5, await call.Within());
        await stop.Within();
        Assert.False(hadStopped);
    }

    [Fact]
    public async Task Code_beats_the_configuration_which_beats_the_defaults()
    {
        using var host = Build(
            options => options.MaxLinks = 7,
            ("AppNet:Group", "web"),
            ("AppNet:MaxLinks", "9"),
            ("AppNet:DrainTimeout", "00:00:03"),
            ("AppNet:Info:role", "renderer"),
            ("AppNet:OtherPackage:Something", "x"));
        await host.StartAsync(Token).Within();
        var peer = host.Services.GetRequiredService<LocalPeer>();

        Assert.Equal("web", peer.Group);
        Assert.Equal(7, peer.Options.MaxLinks);
        Assert.Equal(TimeSpan.FromSeconds(3), peer.Options.DrainTimeout);
        Assert.Equal("renderer", peer.Info.Values["role"]);
        Assert.Equal(4_096, peer.Options.MaxTagsPerLink);
        await host.StopAsync(Token).Within();
    }

    [Fact]
    public async Task Options_that_are_wrong_stop_the_host_with_one_message_that_names_them_all()
    {
        using var host = Build(
            options => options.MaxTagsPerLink = 1,
            ("AppNet:MaxLinks", "0"),
            ("AppNet:IsHub", "perhaps"),
            ("AppNet:Prot", "3010"));

        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => host.StartAsync(Token).Within());

        Assert.Contains("4 are wrong", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.MaxTagsPerLink is 1", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("AppNet:MaxLinks is 0", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("AppNet:IsHub is 'perhaps'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("AppNet:Prot is no setting", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_check_says_whether_the_peer_is_there()
    {
        using var host = Build();
        var check = host.Services.GetRequiredService<PeerHealthCheck>();
        var before = await CheckAsync(check);
        await host.StartAsync(Token).Within();
        var running = await CheckAsync(check);
        await host.StopAsync(Token).Within();
        var after = await CheckAsync(check);

        Assert.Equal(HealthStatus.Unhealthy, before.Status);
        Assert.Equal(HealthStatus.Healthy, running.Status);
        Assert.Equal(0, running.Data["links"]);
        Assert.Equal("The peer has stopped.", after.Description);
    }

    [Fact]
    public async Task A_host_that_never_started_gives_the_peer_of_the_process_back()
    {
        var first = Build();
        var abandoned = first.Services.GetRequiredService<LocalPeer>();
        first.Dispose();
        using var second = Build();
        await second.StartAsync(Token).Within();

        Assert.Same(second.Services.GetRequiredService<LocalPeer>(), Net.Peer);
        await Assert.ThrowsAsync<InvalidOperationException>(() => abandoned.StartAsync(Token));
        await second.StopAsync(Token).Within();
    }

    private static Task<HealthCheckResult> CheckAsync(PeerHealthCheck check) => check.CheckHealthAsync(new HealthCheckContext(), Token);

    private static IHost Build(Action<NetOptions>? configure = null, params IEnumerable<(string Name, string Value)> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddAppNet(options => options.Network = new MemoryNetwork());
        builder.Services.AddAppNet(configure);
        return builder.Build();
    }
}
