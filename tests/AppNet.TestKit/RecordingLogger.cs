using Microsoft.Extensions.Logging;

namespace AppNet.TestKit;

/// <summary>Hands what one category logs to a <see cref="LogRecorder"/>.</summary>
/// <param name="recorder">Who keeps it.</param>
/// <param name="category">The category.</param>
internal sealed class RecordingLogger(LogRecorder recorder, string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= recorder.Minimum && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var (name, value) in pairs)
            {
                parameters[name] = value;
            }
        }

        recorder.Record(new LogEntry(logLevel, category, eventId, formatter(state, exception), parameters, exception));
    }
}
