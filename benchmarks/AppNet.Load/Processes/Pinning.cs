namespace AppNet.Load.Processes;

/// <summary>Which cores the two processes of a trial get.</summary>
internal enum Pinning
{
    /// <summary>Whichever the system gives them.</summary>
    None,

    /// <summary>Both the same one, which leaves no waking of idle cores in the figures.</summary>
    Same,
}
