namespace AppNet.Transport;

/// <summary>What a transport knows of a duplex.</summary>
/// <param name="Transport">The transport's name: <c>tcp</c>, <c>unix</c>, <c>memory</c>.</param>
/// <param name="Remote">The other end, as text for logs.</param>
/// <param name="IsSameHost">Whether the other end is on this host.</param>
/// <param name="RemoteUserId">The user id at the other end where the system vouches for it, else null.</param>
internal sealed record DuplexInfo(string Transport, string Remote, bool IsSameHost, uint? RemoteUserId = null);
