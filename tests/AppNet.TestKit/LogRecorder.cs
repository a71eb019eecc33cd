using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AppNet.TestKit;

/// <summary>Keeps everything that is logged, so that a test can wait for a line or look back. Safe for use from many threads.</summary>
public sealed class LogRecorder : ILoggerFactory
{
    private readonly Lock _gate = new();

    // All guarded by _gate.
    private readonly List<LogEntry> _entries = [];
    private readonly List<(Func<LogEntry, bool> Wanted, TaskCompletionSource<LogEntry> Seen)> _watchers = [];
    private readonly HashSet<int> _expected = [];

    /// <summary>Gets the level from which on logs are wanted; what is below is not even asked for. Default: all.</summary>
    public LogLevel Minimum { get; init; } = LogLevel.Trace;

    /// <summary>Gets what was logged up to now, oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The recorder is the only one who listens.");

    /// <summary>Waits for an entry, among those logged already too.</summary>
    /// <param name="eventId">Its event.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first such entry.</returns>
    public Task<LogEntry> WaitForAsync(int eventId, CancellationToken cancellationToken) =>
        WaitForAsync(entry => entry.EventId.Id == eventId, cancellationToken);

    /// <summary>Waits for an entry, among those logged already too.</summary>
    /// <param name="wanted">Says which; runs under the recorder's lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first such entry.</returns>
    public Task<LogEntry> WaitForAsync(Func<LogEntry, bool> wanted, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => wanted(entry)) is { } known)
            {
                return Task.FromResult(known);
            }

            var seen = new TaskCompletionSource<LogEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wanted, seen));
            return seen.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Tells that an event is meant to be logged as an error in this test.</summary>
    /// <param name="eventId">The event.</param>
    public void Expect(int eventId)
    {
        lock (_gate)
        {
            _expected.Add(eventId);
        }
    }

    /// <summary>Fails when an error was logged that nobody expected.</summary>
    /// <exception cref="InvalidOperationException">It was; the message holds the whole log.</exception>
    public void AssertNoUnexpectedErrors()
    {
        LogEntry[] unexpected;
        lock (_gate)
        {
            unexpected = [.. _entries.Where(entry => entry.Level >= LogLevel.Error && !_expected.Contains(entry.EventId.Id))];
        }

        if (unexpected.Length > 0)
        {
            throw new InvalidOperationException(
                $"{unexpected.Length} unexpected error(s) were logged, the first: {unexpected[0]}{Environment.NewLine}The log:{Environment.NewLine}{this}");
        }
    }

    /// <summary>Returns the log as text.</summary>
    /// <returns>A line for each entry.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry}");
        }

        return text.ToString();
    }

    /// <summary>Nothing to let go of: the entries can be read afterwards.</summary>
    public void Dispose()
    {
    }

    internal void Record(LogEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            foreach (var watcher in _watchers.Where(watcher => watcher.Wanted(entry)).ToList())
            {
                _watchers.Remove(watcher);
                watcher.Seen.TrySetResult(entry);
            }
        }
    }
}
