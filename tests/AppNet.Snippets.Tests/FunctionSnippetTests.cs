using AppNet.Snippets.Functions;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class FunctionSnippetTests
{
    [Fact]
    public async Task A_function_runs_here_and_there()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["50", "50", "25", "10"], await stage.RunAsync(near, () => Calling.Multiply(toFar)));
    }

    [Fact]
    public async Task My_function_runs_on_every_peer()
    {
        await using var stage = new Stage();
        var (near, _, _) = await stage.StartTwoAsync();
        await stage.StartAsync("render");

        Assert.Equal(["50", "50", "50"], await stage.RunAsync(near, Calling.MyFunction));
    }

    [Fact]
    public async Task A_tagged_function_is_called_by_its_method_and_by_its_tag()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["Hello Ann", "Hello Ann"], await stage.RunAsync(near, () => Calling.Greet(toFar)));
    }

    [Fact]
    public async Task A_call_without_a_peer_runs_here_both_ways()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        Assert.Equal(["50 50"], await stage.RunAsync(near, Calling.Here));
    }

    [Fact]
    public async Task A_handle_with_a_limit_calls()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["50"], await stage.RunAsync(near, () => Calling.Stop(toFar, stage.Limit)));
    }

    [Fact]
    public async Task A_known_exception_has_the_remote_one_inside()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync();

        var printed = await stage.RunAsync(near, () => Calling.Fail(toFar));

        Assert.Equal([$"{near.Id.ToFriendlyString()} asks, and waits for ever", $"System.IO.FileNotFoundException at {far.Id.ToFriendlyString()}"], printed);
    }

    [Fact]
    public async Task An_exception_of_the_programs_own_is_made_known()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync();
        await stage.RunAsync(near, Calling.Know);
        _ = far.Connect("print", int () => throw new OutOfPaperException("empty", inner: null));

        var thrown = await Assert.ThrowsAsync<OutOfPaperException>(() => toFar.InvokeAsync("print", cancellationToken: stage.Limit));

        Assert.Equal("empty", thrown.Message);
    }

    [Fact]
    public async Task A_delegate_is_called_by_position_and_by_name()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["15", "15"], await stage.RunAsync(near, () => Calling.Delegates(far, toFar)));
    }

    [Fact]
    public async Task A_record_travels()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["Image { Width = 320, Height = 240, Path = a.png }"], await stage.RunAsync(near, () => Calling.Halve(toFar)));
    }

    [Fact]
    public async Task A_stub_calls_what_another_peer_offers_under_its_tag()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync();
        _ = Calling.Offer(far);

        Assert.Equal(["frame 7 is done"], await stage.RunAsync(near, () => Calling.Render(toFar)));
    }

    [Fact]
    public async Task The_default_functions_answer()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync("render");

        var printed = await stage.RunAsync(near, async () =>
        {
            await Defaults.Info(toFar);
            await Defaults.PassThrough(toFar);
            await Defaults.Null(toFar);
            await Defaults.Connections(toFar);
        });

        Assert.Equal(
            [$"render, {far.Info.User}, {far.Info.Executable}", "testing", """[["testing",5],{"so":true}]""", "NULL"],
            printed.Take(4));
        Assert.Contains(printed, line => line.StartsWith("MyTaggedFunction: ", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.StartsWith("net.defaults.handlers.info: ", StringComparison.Ordinal));
    }
}
