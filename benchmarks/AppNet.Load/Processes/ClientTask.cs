namespace AppNet.Load.Processes;

/// <summary>What a client process does.</summary>
internal enum ClientTask
{
    /// <summary>Runs the callers of a case and reports rates.</summary>
    Calls,

    /// <summary>Makes links and leaves them idle.</summary>
    Links,

    /// <summary>Subscribes to events and reports how many were delivered.</summary>
    Events,

    /// <summary>Makes one call and says when it was answered.</summary>
    FirstCall,
}
