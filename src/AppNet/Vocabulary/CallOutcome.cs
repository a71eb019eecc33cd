namespace AppNet;

/// <summary>What is known about a function whose call failed.</summary>
public enum CallOutcome
{
    /// <summary>The function has not run: calling again, here or elsewhere, can't make it run twice.</summary>
    HasNotRun,

    /// <summary>The function may have run, in full, in part or not at all.</summary>
    MayHaveRun,

    /// <summary>The function has run.</summary>
    HasRun,
}
