using Microsoft.Extensions.Logging;

namespace AppNet.TestKit;

/// <summary>One line that was logged.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Category">Who logged it.</param>
/// <param name="EventId">Which event it is.</param>
/// <param name="Message">The text, its parameters filled in.</param>
/// <param name="Parameters">The parameters by name.</param>
/// <param name="Exception">The exception that was logged with it.</param>
public sealed record LogEntry(
    LogLevel Level,
    string Category,
    EventId EventId,
    string Message,
    IReadOnlyDictionary<string, object?> Parameters,
    Exception? Exception)
{
    /// <summary>Returns the form for failure messages.</summary>
    /// <returns>Level, category, id and text, and the exception below.</returns>
    public override string ToString() =>
        $"{Level} {Category}[{EventId.Id}] {Message}{(Exception is null ? string.Empty : Environment.NewLine + Exception)}";
}
