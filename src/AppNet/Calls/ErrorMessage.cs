namespace AppNet.Calls;

/// <summary>The payload of an Error frame. docs/protocol.md, section 7.2.</summary>
/// <param name="Message">What was wrong, for people.</param>
/// <param name="Exception">What the function threw; null where it did not run to an exception.</param>
internal sealed record ErrorMessage(string Message, RemoteError? Exception = null);
