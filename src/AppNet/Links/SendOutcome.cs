namespace AppNet.Links;

/// <summary>What became of a frame that was to be queued.</summary>
internal enum SendOutcome
{
    /// <summary>It is queued.</summary>
    Queued,

    /// <summary>The queue is full: wait for room, then try again.</summary>
    Full,

    /// <summary>The link takes no more frames.</summary>
    Closed,
}
