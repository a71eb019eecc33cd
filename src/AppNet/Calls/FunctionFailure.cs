namespace AppNet.Calls;

/// <summary>A function that runs here ended with an exception of its own, which is the inner one.</summary>
internal sealed class FunctionFailure(Exception exception)
    : NetException(NetError.RemoteFailure, "The function failed.", exception);
