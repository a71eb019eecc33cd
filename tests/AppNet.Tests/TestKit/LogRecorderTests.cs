using AppNet.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppNet.Tests.TestKit;

public sealed class LogRecorderTests : IDisposable
{
    private static readonly Action<ILogger, string, Exception?> Lost =
        LoggerMessage.Define<string>(LogLevel.Error, new EventId(17, "Lost"), "The link to {Peer} is lost");

    private readonly LogRecorder _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task An_entry_can_be_waited_for_before_and_after_it_comes()
    {
        var before = _log.WaitForAsync(17, Cancelled);
        Assert.False(before.IsCompleted);

        Lost(_log.CreateLogger("Links"), "alpha", null);

        var entry = await before;
        Assert.Same(entry, await _log.WaitForAsync(17, Cancelled));
        Assert.Equal("The link to alpha is lost", entry.Message);
        Assert.Equal("alpha", entry.Parameters["Peer"]);
        Assert.Equal("Links", entry.Category);
    }

    [Fact]
    public void An_error_that_nobody_expects_fails_the_test_and_shows_the_log()
    {
        Lost(_log.CreateLogger("Links"), "alpha", new IOException("cable"));

        var failure = Assert.Throws<InvalidOperationException>(_log.AssertNoUnexpectedErrors);
        Assert.Contains("The link to alpha is lost", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cable", failure.Message, StringComparison.Ordinal);

        _log.Expect(17);
        _log.AssertNoUnexpectedErrors();
    }

    [Fact]
    public async Task Entries_from_many_threads_are_all_kept()
    {
        var logger = _log.CreateLogger("Many");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                for (int i = 0; i < 100; i++)
                {
                    Lost(logger, "x", null);
                }
            },
            Cancelled)));

        Assert.Equal(800, _log.Entries.Count);
    }
}
