using AppNet.Snippets.Flags;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class FlagSnippetTests
{
    [Fact]
    public async Task A_busy_peer_makes_the_callers_handler_throw()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync();
        var rendered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Renderer.RenderAsync = _ =>
        {
            begun.SetResult();
            return rendered.Task;
        };
        var first = Worker.Work(1, peer: toFar, cancellationToken: stage.Limit);
        await begun.Task.WaitAsync(stage.Limit);

        var printed = await stage.RunAsync(near, () => Calling.Busy(toFar));
        rendered.SetResult("1.png");

        var line = Assert.Single(printed);
        Assert.StartsWith($"{near.GetPeer(far.Id)} is busy with ", line, StringComparison.Ordinal);
        Assert.Equal("1.png", await first);
    }

    [Fact]
    public async Task A_returned_flag_becomes_the_handlers_value()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["''"], await stage.RunAsync(near, () => Calling.Read(toFar)));
    }

    [Fact]
    public async Task A_handler_is_set_by_name()
    {
        await using var stage = new Stage();
        var (near, far, toFar) = await stage.StartTwoAsync("render");
        _ = far.Connect("later", string () => throw new FlagException("LATER"));

        await stage.RunAsync(near, Calling.Set);

        Assert.Equal("render", await toFar.InvokeAsync<string>("later", cancellationToken: stage.Limit));
    }

    [Fact]
    public async Task The_flags_that_are_built_in_can_be_replaced()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        await stage.RunAsync(near, Calling.Replace);

        Assert.Null(await toFar.NullAsync(stage.Limit));
        Assert.Equal($"{toFar} has no nowhere", await toFar.InvokeAsync<string>("nowhere", cancellationToken: stage.Limit));
    }

    [Fact]
    public async Task An_unknown_function_is_named()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Contains("'no.such.function'", Assert.Single(await stage.RunAsync(near, () => Calling.Unknown(toFar))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_direct_call_asks_no_handler_and_one_through_the_overload_does()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync();

        Assert.Equal(["NO_SUCH_FILE", "BUSY"], await stage.RunAsync(near, Calling.Local));
    }
}
