using System.Globalization;
using AppNet.Diagnostics;
using AppNet.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppNet.Tests.Diagnostics;

public sealed class StandardErrorLogTests
{
    [Theory]
    [InlineData(false, LogLevel.Information, false)]
    [InlineData(false, LogLevel.Warning, true)]
    [InlineData(true, LogLevel.Debug, true)]
    [InlineData(true, LogLevel.Trace, false)]
    [InlineData(true, LogLevel.None, false)]
    public void Warnings_are_written_and_in_development_debug_lines(bool isDev, LogLevel level, bool expected)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var log = StandardErrorLog.For(isDev, new ManualTimeProvider(), output);
        var logger = log.CreateLogger("AppNet");

        Write(logger, level, exception: null);

        Assert.Equal(expected, logger.IsEnabled(level));
        Assert.Equal(expected, output.ToString().Length > 0);
    }

    [Fact]
    public void A_line_holds_time_level_category_event_and_text_and_the_exception_below()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var log = StandardErrorLog.For(isDev: true, new ManualTimeProvider(new DateTimeOffset(2030, 1, 1, 12, 34, 56, TimeSpan.Zero)), output);

        Write(log.CreateLogger("AppNet"), LogLevel.Warning, new InvalidDataException("cause"));

        Assert.StartsWith("12:34:56.000 warn AppNet[7] text" + Environment.NewLine, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("cause", output.ToString(), StringComparison.Ordinal);
    }

    private static void Write(ILogger logger, LogLevel level, Exception? exception) =>
        logger.Log(level, new EventId(7), "text", exception, (state, _) => state);
}
