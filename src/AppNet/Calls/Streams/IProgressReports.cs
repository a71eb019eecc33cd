namespace AppNet.Calls;

/// <summary>Reports of progress that this side sends.</summary>
internal interface IProgressReports : IOutgoingStream
{
    /// <summary>Sends the newest report, if it still waits, and takes no more: the call ends.</summary>
    void End();
}
