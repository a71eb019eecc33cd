namespace AppNet;

/// <summary>What a <see cref="NetError"/> says about the function.</summary>
public static class NetErrorExtensions
{
    /// <summary>Returns whether the function has not run, may have run, or has run.</summary>
    /// <param name="error">The error of a failed call.</param>
    /// <returns>What is known about the function; <see cref="CallOutcome.MayHaveRun"/> for a value unknown here.</returns>
    public static CallOutcome Outcome(this NetError error) => error switch
    {
        >= NetError.PeerNotFound and <= NetError.VersionMismatch => CallOutcome.HasNotRun,
        NetError.RemoteFailure or NetError.BadResult => CallOutcome.HasRun,
        _ => CallOutcome.MayHaveRun,
    };
}
