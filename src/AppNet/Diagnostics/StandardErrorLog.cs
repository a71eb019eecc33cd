using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AppNet.Diagnostics;

/// <summary>
/// The log of programs that configured none: a line for each entry on standard error, so that warnings are seen without a logging
/// package. Safe for use from many threads.
/// </summary>
/// <param name="minimum">From which level on.</param>
/// <param name="time">The clock.</param>
/// <param name="output">Where the lines go; must be safe for use from many threads.</param>
internal sealed class StandardErrorLog(LogLevel minimum, TimeProvider time, TextWriter output) : ILoggerFactory
{
    private LogLevel Minimum => minimum;

    /// <summary>Makes the log of a peer whose options name none.</summary>
    /// <param name="isDev">Whether debug lines are wanted, in place of warnings only.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The log.</returns>
    public static StandardErrorLog For(bool isDev, TimeProvider time) => For(isDev, time, Console.Error);

    /// <summary>Makes the log of a peer whose options name none.</summary>
    /// <param name="isDev">Whether debug lines are wanted, in place of warnings only.</param>
    /// <param name="time">The clock.</param>
    /// <param name="output">Where the lines go.</param>
    /// <returns>The log.</returns>
    public static StandardErrorLog For(bool isDev, TimeProvider time, TextWriter output) =>
        new(isDev ? LogLevel.Debug : LogLevel.Warning, time, output);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It only writes to standard error.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The stream is the process's.
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private void Write(LogLevel level, string category, EventId eventId, string message, Exception? exception)
    {
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss.fff} {NameOf(level)} {category}[{eventId.Id}] {message}");
        if (exception is not null)
        {
            _ = line.AppendLine().Append(exception);
        }

        try
        {
            output.WriteLine(line.ToString());
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // Standard error is closed; there is nowhere to say so.
        }
    }

    private sealed class Logger(StandardErrorLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Minimum && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, category, eventId, formatter(state, exception), exception);
            }
        }
    }
}
