using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Instance methods of services, called by the type's name on another peer and here.</summary>
public sealed class ServiceTests
{
    private const string DeskNumber = "AppNet.Generators.Tests.Compiled.Desk.Number";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_has_a_service_of_its_own_that_is_gone_before_the_answer()
    {
        var log = new DeskLog();
        await using var pair = await PeerPair.StartAsync(services => services.AddSingleton(log).AddScoped<Desk>());

        int first = await Desk.Number(peer: pair.ToFar, Token);
        IReadOnlyCollection<int> ended = [.. log.Ended];
        int second = await Desk.Number(peer: pair.ToFar, Token);

        Assert.Equal([first], ended);
        Assert.NotEqual(first, second);
        Assert.Equal([first, second], log.Ended);
    }

    [Fact]
    public async Task A_service_is_called_by_tag_as_well()
    {
        await using var pair = await PeerPair.StartAsync(services => services.AddSingleton<DeskLog>().AddScoped<Desk>());

        Assert.Equal(1, await pair.ToFar.InvokeAsync<int>(DeskNumber, cancellationToken: Token));
    }

    [Fact]
    public async Task An_asynchronous_method_keeps_its_service_to_its_end()
    {
        var log = new DeskLog();
        await using var pair = await PeerPair.StartAsync(services => services.AddSingleton(log).AddScoped<Desk>());

        Assert.Equal(10, await Desk.Slowly(5, peer: pair.ToFar, Token));
        Assert.Single(log.Ended);
    }

    [Fact]
    public async Task A_service_is_found_by_its_interface()
    {
        await using var pair = await PeerPair.StartAsync(services => services.AddTransient<IShelf>(_ => new Shelf()));

        Assert.Equal("shelf of none", await IShelf.Find(peer: pair.ToFar, cancellationToken: Token));
    }

    [Fact]
    public async Task A_service_that_is_not_registered_is_named_and_nothing_has_run()
    {
        await using var pair = await PeerPair.StartAsync(_ => { });

        var thrown = await Assert.ThrowsAsync<NetException>(() => Desk.Number(peer: pair.ToFar, Token));

        Assert.Equal(NetError.Refused, thrown.Error);
        Assert.Contains("'Desk'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("AddScoped<Desk>()", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_cannot_be_made_is_named_and_nothing_has_run()
    {
        await using var pair = await PeerPair.StartAsync(services => services.AddScoped<Desk>());

        var thrown = await Assert.ThrowsAsync<NetException>(() => Desk.Number(peer: pair.ToFar, Token));

        Assert.Equal(NetError.Refused, thrown.Error);
        Assert.Contains("'Desk'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DeskLog), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_without_services_says_so()
    {
        await using var pair = await PeerPair.StartAsync();

        var thrown = await Assert.ThrowsAsync<NetException>(() => Desk.Number(peer: pair.ToFar, Token));

        Assert.Equal(NetError.Refused, thrown.Error);
        Assert.Contains("AddAppNet", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_method_throws_is_thrown_and_the_service_is_gone()
    {
        var log = new DeskLog();
        await using var pair = await PeerPair.StartAsync(services => services.AddSingleton(log).AddScoped<Desk>());

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Desk.Fail("broken", peer: pair.ToFar, Token));

        Assert.Equal("broken", thrown.Message);
        Assert.Single(log.Ended);
    }

    [Fact]
    public async Task What_disposing_of_the_service_throws_is_the_functions()
    {
        var log = new DeskLog { DisposeFailure = new InvalidOperationException("not saved") };
        await using var pair = await PeerPair.StartAsync(services => services.AddSingleton(log).AddScoped<Desk>());

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Desk.Number(peer: pair.ToFar, Token));

        Assert.Equal("not saved", thrown.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_peer_the_service_of_this_process_is_taken(bool verified)
    {
        var log = new DeskLog();
        await using var pair = await PeerPair.StartAsync(
            services => services.AddSingleton(log).AddScoped<Desk>(), options => options.VerifyLocalCalls = verified);
        pair.Far.Connect("here", async () => (await Desk.Number(peer: null), log.Ended.Count));

        var (number, ended) = await pair.ToFar.InvokeAsync<(int, int)>("here", cancellationToken: Token);

        Assert.Equal((1, 1), (number, ended));
    }

    [Fact]
    public async Task Without_a_peer_a_missing_service_is_named_as_well()
    {
        await using var pair = await PeerPair.StartAsync(_ => { });
        pair.Far.Connect("here", async () =>
        {
            try
            {
                return (await Desk.Number(peer: null)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (NetException exception)
            {
                return $"{exception.Error}: {exception.Message}";
            }
        });

        string told = await pair.ToFar.InvokeAsync<string>("here", cancellationToken: Token);

        Assert.StartsWith("Refused: The service 'Desk'", told, StringComparison.Ordinal);
    }

    private sealed class Shelf : IShelf
    {
        public ValueTask<string> Find(string title = "none") => new($"shelf of {title}");
    }
}
