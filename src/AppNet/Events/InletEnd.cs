namespace AppNet.Events;

/// <summary>How a subscription over one link came to its end.</summary>
internal enum InletEnd
{
    /// <summary>The link is lost.</summary>
    Lost,

    /// <summary>The link is given up for another one to the same peer.</summary>
    Moving,

    /// <summary>The publisher has ended or refused it.</summary>
    Refused,

    /// <summary>Its queue at the publisher was full, and the publisher wants it ended then.</summary>
    Overrun,

    /// <summary>It was ended here.</summary>
    Closed,
}
