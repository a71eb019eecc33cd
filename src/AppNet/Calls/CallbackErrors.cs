namespace AppNet.Calls;

/// <summary>What is said of callbacks.</summary>
internal static class CallbackErrors
{
    /// <summary>The call that the callback belongs to is over.</summary>
    /// <param name="tag">The function that was called.</param>
    /// <returns>The error.</returns>
    public static NetException CallHasEnded(string tag) => new(
        NetError.NoSuchConnection,
        $"A callback that was given to '{tag}' was called after that call had ended. It can be called only until the function ends. "
            + "The callback has not run.");
}
