using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Delegates and contracts as arguments, which the function calls back over the same link.</summary>
public sealed class CallbackTests
{
    private const string Space = "AppNet.Generators.Tests.Compiled.Callers.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_calls_a_delegate_back()
    {
        await using var pair = await PeerPair.StartAsync();
        int calls = 0;

        int result = await Callers.Apply(
            5,
            value =>
            {
                calls++;
                return Task.FromResult(value * 10);
            },
            peer: pair.ToFar,
            Token);

        Assert.Equal(100, result);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_delegate_may_be_asynchronous_and_take_several_arguments()
    {
        await using var pair = await PeerPair.StartAsync();

        string result = await Callers.Join(
            ["a", "b"],
            async (text, index, token) =>
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                return $"{text}{index}";
            },
            peer: pair.ToFar,
            Token);

        Assert.Equal("a0 b1", result);
    }

    [Fact]
    public async Task A_delegate_that_is_left_out_is_null_over_there()
    {
        await using var pair = await PeerPair.StartAsync();

        Assert.Equal("a b", await Callers.Join(["a", "b"], peer: pair.ToFar, cancellationToken: Token));
    }

    [Fact]
    public async Task A_delegate_that_returns_nothing_has_run_when_it_returns()
    {
        await using var pair = await PeerPair.StartAsync();
        var reports = new List<int>();

        int result = await Callers.Count(20, reports.Add, peer: pair.ToFar, Token);

        Assert.Equal(20, result);
        Assert.Equal(Enumerable.Range(1, 20), reports);
    }

    [Fact]
    public async Task What_a_callback_throws_is_thrown_in_the_function()
    {
        await using var pair = await PeerPair.StartAsync();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Callers.Apply(5, _ => throw new InvalidOperationException("not five"), peer: pair.ToFar, Token));

        Assert.Equal("not five", thrown.Message);
    }

    [Fact]
    public async Task A_function_calls_an_implementation_of_a_contract_back()
    {
        await using var pair = await PeerPair.StartAsync();

        Assert.Equal(12, await Callers.AddThrough(new PlainMath(), 7, peer: pair.ToFar, Token));
    }

    [Fact]
    public async Task Callbacks_work_by_tag()
    {
        await using var pair = await PeerPair.StartAsync();
        var implementation = new CallArguments();
        implementation.AddContract<IMath>(new PlainMath());
        implementation.Add(7);

        int applied = await pair.ToFar.InvokeAsync<int>(
            Space + nameof(Callers.Apply), [5, new Func<int, Task<int>>(value => Task.FromResult(value * 10))], Token);
        int added = await pair.ToFar.InvokeAsync<int>(Space + nameof(Callers.AddThrough), implementation, Token);

        Assert.Equal(100, applied);
        Assert.Equal(12, added);
    }

    [Fact]
    public async Task A_function_that_is_a_delegate_calls_back()
    {
        await using var pair = await PeerPair.StartAsync();
        pair.Far.Connect("apply", async (int value, Func<int, CancellationToken, ValueTask<int>> change, CancellationToken token) =>
            await change(value, token));
        pair.Far.Connect("report", (string text, Action<string> report) => report(text + "!"));
        pair.Far.Connect("await", (Func<Task> wait) => wait());
        pair.Far.Connect("add", (IMath math, int value) => math.Add(value));
        var reports = new List<string>();
        var awaited = false;

        int applied = await pair.ToFar.InvokeAsync<int>("apply", [5, new Func<int, int>(value => value * 10)], Token);
        await pair.ToFar.InvokeAsync("report", ["yes", new Action<string>(reports.Add)], Token);
        await pair.ToFar.InvokeAsync("await", new CallArguments(new Action(() => awaited = true)), Token);

        Assert.Equal(50, applied);
        Assert.Equal(["yes!"], reports);
        Assert.True(awaited);
        Assert.Equal(12, await Callers.AddThrough(new PlainMath(), 7, peer: pair.ToFar, Token));
    }

    [Fact]
    public async Task A_callback_that_is_called_after_its_call_has_ended_fails_and_says_so()
    {
        await using var pair = await PeerPair.StartAsync();
        var workshop = new Workshop();
        using var offer = pair.Far.Offer<IWorkshop>(workshop);
        var hasRun = false;
        await pair.ToFar.As<IWorkshop>().Keep(value =>
        {
            hasRun = true;
            return Task.FromResult(value);
        });

        var thrown = await Assert.ThrowsAsync<NetException>(() => workshop.Kept!(5));

        Assert.Equal(NetError.NoSuchConnection, thrown.Error);
        Assert.Contains("Keep", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("after that call had ended", thrown.Message, StringComparison.Ordinal);
        Assert.False(hasRun);
    }

    [Fact]
    public async Task Cancelling_the_call_cancels_its_callback()
    {
        await using var pair = await PeerPair.StartAsync();
        using var source = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task call = Callers.Await(
            async token =>
            {
                await using var registration = token.Register(cancelled.SetResult);
                begun.SetResult();
                await cancelled.Task;
            },
            peer: pair.ToFar,
            source.Token);
        await begun.Task.WaitAsync(Patience, Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task A_call_under_way_calls_back_while_its_peer_drains()
    {
        await using var pair = await PeerPair.StartAsync();
        var workshop = new Workshop();
        using var offer = pair.Far.Offer<IWorkshop>(workshop);
        Task<int> call = pair.ToFar.As<IWorkshop>().ApplyWhenReleased(5, value => Task.FromResult(value * 10));
        await workshop.Begun.Task.WaitAsync(Patience, Token);
        Task stop = pair.Far.StopAsync(Token);

        workshop.Release.SetResult();

        Assert.Equal(50, await call.WaitAsync(Patience, Token));
        await stop.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Callbacks_recurse_a_thousand_deep()
    {
        await using var pair = await PeerPair.StartAsync();
        Peer far = pair.ToFar;

        // Four thousand frames, each of which waits for a turn of the processor where the machine is busy.
        int result = await Callers.Descend(1_000, DescendAsync, peer: far, Token).WaitAsync(10 * Patience, Token);

        Assert.Equal(1_000, result);

        Task<int> DescendAsync(int depth) => Callers.Descend(depth, DescendAsync, peer: far);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Local_calls_call_back_alike(bool verified)
    {
        await using var pair = await PeerPair.StartAsync(far: options => options.VerifyLocalCalls = verified);
        pair.Far.Connect("here", async () =>
        {
            var reports = new List<int>();
            return new[]
            {
                await Callers.Apply(5, value => Task.FromResult(value * 10), peer: null),
                await Callers.Count(3, reports.Add, peer: null),
                reports.Sum(),
                await Callers.AddThrough(new PlainMath(), 7, peer: null),
                await Callers.Descend(100, DescendAsync, peer: null),
            };
        });

        int[] results = await pair.ToFar.InvokeAsync<int[]>("here", cancellationToken: Token);

        Assert.Equal([100, 3, 6, 12, 100], results);

        static Task<int> DescendAsync(int depth) => Callers.Descend(depth, DescendAsync, peer: null);
    }

    [Fact]
    public async Task A_callback_runs_in_the_context_of_the_call()
    {
        await using var pair = await PeerPair.StartAsync();
        var ambient = new AsyncLocal<string> { Value = "of the caller" };

        string result = await Callers.Join(["x"], (_, _, _) => new ValueTask<string>(ambient.Value ?? "none"), peer: pair.ToFar, Token);

        Assert.Equal("of the caller", result);
    }
}
