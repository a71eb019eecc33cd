namespace AppNet.Events;

/// <summary>How attributes name a publisher.</summary>
internal static class PublisherName
{
    /// <summary>Reads a name.</summary>
    /// <param name="text">The base64 form of the peer's id, or <c>host[:port]</c>.</param>
    /// <returns>The peer's id; where only its address is named, without a group.</returns>
    /// <exception cref="FormatException">It is neither.</exception>
    public static PeerId Parse(string text)
    {
        if (PeerId.TryParse(text, out var id))
        {
            return id;
        }

        return PeerAddress.TryParse(text, out var address)
            ? new PeerId(address.Host, address.Port)
            : throw new FormatException($"'{text}' names no peer: it is neither the base64 of a peer's id nor 'host[:port]'.");
    }
}
