using AppNet.Snippets.Streams;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class StreamSnippetTests
{
    [Fact]
    public async Task Lines_are_read_until_the_loop_is_left()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();
        var path = Path.GetTempFileName();
        await File.WriteAllLinesAsync(path, ["all is well", "panic: no", "more"], TestContext.Current.CancellationToken);

        Assert.Equal(["panic: no"], await stage.RunAsync(near, () => Reading.Panic(toFar, path)));
        Assert.Equal(["panic: no", "all is well", "panic: no", "more"], await stage.RunAsync(near, () => Reading.ByTag(toFar, path)));
        using var local = new MemoryStream();
        await Reading.Download(toFar, path, local);

        Assert.Equal(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), local.ToArray());
        File.Delete(path);
    }

    [Fact]
    public async Task A_function_reads_what_the_caller_produces()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();

        Assert.Equal(["2.5"], await stage.RunAsync(near, () => Reading.Mean(toFar, Numbers())));

        static async IAsyncEnumerable<double> Numbers()
        {
            yield return 2;
            await Task.Yield();
            yield return 3;
        }
    }

    [Fact]
    public async Task Progress_is_reported_before_the_result()
    {
        await using var stage = new Stage();
        var (near, _, toFar) = await stage.StartTwoAsync();
        var bar = new Bar();

        Assert.Equal(["frame 5"], await stage.RunAsync(near, () => Reading.Render(toFar, bar)));
        Assert.Equal([0.25, 0.5, 0.75, 1], bar.Parts);
    }

    private sealed class Bar : IProgress<double>
    {
        public List<double> Parts { get; } = [];

        public void Report(double value) => Parts.Add(value);
    }
}
