namespace AppNet.Calls;

/// <summary>How a call ended, for the log. Neither values nor messages, which may be secrets.</summary>
internal static class CallOutcomeText
{
    /// <summary>Returns the text.</summary>
    /// <param name="error">The error, or null.</param>
    /// <param name="flag">The flag, or null.</param>
    /// <returns>The text.</returns>
    public static string Of(Exception? error, string? flag) => error switch
    {
        _ when flag is not null => $"the flag '{flag}'",
        null => "a result",
        NetException known => known.Error.ToString(),
        OperationCanceledException => "cancellation",
        _ => NetError.RemoteFailure.ToString(),
    };
}
