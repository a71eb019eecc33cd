namespace AppNet.Transport;

/// <summary>Where a transport listens or connects.</summary>
/// <param name="Transport">The transport's name: <c>tcp</c>, <c>unix</c>, <c>memory</c>.</param>
/// <param name="Host">The host name or address; the socket's path for <c>unix</c>.</param>
/// <param name="Port">The port; 0 for <c>unix</c>, and for any free one when listening.</param>
internal sealed record TransportAddress(string Transport, string Host, int Port)
{
    /// <summary>Returns the form for logs.</summary>
    /// <returns><c>transport://host:port</c>, an IPv6 address in brackets; without a port <c>transport:host</c>.</returns>
    public override string ToString() => Port switch
    {
        0 => $"{Transport}:{Host}",
        _ when Host.Contains(':', StringComparison.Ordinal) => $"{Transport}://[{Host}]:{Port}",
        _ => $"{Transport}://{Host}:{Port}",
    };
}
