using System.Diagnostics.CodeAnalysis;

namespace AppNet.Calls;

/// <summary>Turns exceptions into what travels. Never throws, whatever an exception's own members do.</summary>
internal static class RemoteErrors
{
    private const int MaxDepth = 16;
    private const int MaxMessage = 8 * 1024;
    private const int MaxStackTrace = 32 * 1024;

    /// <summary>Describes an exception and its inner ones.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Its names and texts, shortened where they are very long.</returns>
    public static RemoteError Describe(Exception exception) => Describe(exception, MaxDepth);

    /// <summary>Returns an exception's message, or why it has none.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The message.</returns>
    public static string MessageOf(Exception exception) => Shorten(Try(() => exception.Message), MaxMessage) ?? "";

    private static RemoteError Describe(Exception exception, int depth) => new(
        exception.GetType().FullName ?? exception.GetType().Name,
        MessageOf(exception),
        Shorten(Try(() => exception.StackTrace is { } stack ? StackText.WithoutFolders(stack) : null), MaxStackTrace),
        depth > 1 && exception.InnerException is { } inner ? Describe(inner, depth - 1) : null);

    private static string? Try(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception)
        {
            return $"(reading it threw {exception.GetType().FullName})";
        }
    }

    /// <summary>Shortens a text and says so.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most characters to keep.</param>
    /// <returns>The text, or its beginning.</returns>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Shorten(string? text, int length) =>
        text is null || text.Length <= length ? text : $"{text.AsSpan(0, length)}… ({text.Length} characters)";
}
