using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Overloads with <c>peer: null</c>: the generated invokers run here, less the wire.</summary>
public sealed class PipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_arrive_and_results_come_back()
    {
        Assert.Equal(50, await Calc.MultiplyValues(5, 10, peer: null, cancellationToken: Token));
        Assert.Equal("Hello you", await Calc.Greet("you", peer: null, cancellationToken: Token));
        Assert.Equal(2, (await Calc.Move(new Calc.Sample(1, []), peer: null, cancellationToken: Token)).X);
        await Calc.Quietly(1, peer: null, cancellationToken: Token);
    }

    [Fact]
    public async Task Defaults_of_the_overload_are_those_of_the_method()
    {
        Assert.Equal(25, await Calc.MultiplyValues(5, peer: null, cancellationToken: Token));
        Assert.Equal(0, await Calc.Sum(peer: null, cancellationToken: Token));
        Assert.Equal(nameof(Defaults_of_the_overload_are_those_of_the_method), await Calc.Caller(peer: null, cancellationToken: Token));
    }

    [Fact]
    public async Task The_token_of_the_call_is_the_token_of_the_method()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calc.Slowly(1, peer: null, ct: source.Token));
    }

    [Fact]
    public async Task What_the_method_throws_is_thrown()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Calc.Quietly(double.NaN, peer: null, cancellationToken: Token));
    }
}
