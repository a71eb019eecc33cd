namespace AppNet;

/// <summary>An exception as it travels: names and texts, no types. See docs/protocol.md, section 7.3.</summary>
/// <param name="Type">The full name of the exception's type.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="StackTrace">The stack trace, or null.</param>
/// <param name="Inner">The inner exception, or null.</param>
internal sealed record RemoteError(string Type, string Message, string? StackTrace = null, RemoteError? Inner = null);
