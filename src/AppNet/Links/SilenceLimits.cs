namespace AppNet.Links;

/// <summary>How long a link may be silent.</summary>
/// <param name="Ping">After this the other side is asked for a sign of life.</param>
/// <param name="Suspect">After this the log says that the peer may be lost.</param>
/// <param name="Lost">After this the link is given up.</param>
internal sealed record SilenceLimits(TimeSpan Ping, TimeSpan Suspect, TimeSpan Lost);
