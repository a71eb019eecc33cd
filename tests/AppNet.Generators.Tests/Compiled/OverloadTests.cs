using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Which of the two, the method or its overload, the compiler takes for a call: it shows in the type of the call.</summary>
public sealed class OverloadTests
{
    private static Peer? Somebody => null;

    [Fact]
    public void A_call_without_a_peer_is_the_method_itself()
    {
        int product = Calc.MultiplyValues(5, 10);

        Assert.Equal(50, product);
        Assert.Equal(25, Calc.MultiplyValues(5));
        Assert.Equal(50, Calc.MultiplyValues(val2: 10, val1: 5));
        Assert.Equal(6, Calc.Sum(1, 2, 3));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.Slowly(5)));
    }

    [Fact]
    public void A_call_with_a_peer_is_the_overload()
    {
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(5, 10, peer: null)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(5, 10, peer: Somebody)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(5, 10, Somebody)));
        Assert.Equal(typeof(Task<string>), TypeOf(() => Calc.Greet("you", peer: Somebody)));
    }

    [Fact]
    public void Arguments_of_the_overload_can_be_named_and_left_out()
    {
        CancellationToken token = TestContext.Current.CancellationToken;

        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(5, peer: Somebody)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(5, peer: Somebody, cancellationToken: token)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(peer: Somebody, val2: 10, val1: 5)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.MultiplyValues(5, 10, Somebody, token)));
        Assert.Equal(typeof(Task<string>), TypeOf(() => Calc.Caller(peer: Somebody)));
    }

    [Fact]
    public void A_token_of_the_methods_own_keeps_its_name()
    {
        CancellationToken token = TestContext.Current.CancellationToken;

        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.Slowly(5, ct: token)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.Slowly(5, ct: token, peer: Somebody)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.Slowly(5, Somebody, token)));
    }

    [Fact]
    public void The_overload_keeps_tasks_and_wraps_the_rest()
    {
        Assert.Equal(typeof(ValueTask), TypeOf(() => Calc.Quietly(1, peer: Somebody)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.Sum([1, 2, 3], peer: Somebody)));
        Assert.Equal(typeof(Task<int>), TypeOf(() => Calc.Sum(peer: Somebody)));
        Assert.Equal(typeof(Task<Calc.Sample>), TypeOf(() => Calc.Move(new Calc.Sample(1, []), peer: Somebody)));
    }

    [Fact]
    public async Task A_stub_refuses_to_run_without_a_peer()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => Calc.Render(1, null!, TestContext.Current.CancellationToken));
    }

    /// <summary>Returns the type the compiler gave the call, which is not made.</summary>
    private static Type TypeOf<T>(Func<T> call)
    {
        Assert.NotNull(call);
        return typeof(T);
    }
}
