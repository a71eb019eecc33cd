using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>One way in.</summary>
/// <param name="Listener">Where others come in.</param>
/// <param name="Secret">What they must prove to know; null where the way itself is proof enough.</param>
/// <param name="IsOwnHost">
/// Says of a host whether it is this peer's, on a way from a network, where somebody may have led a link elsewhere; else null.
/// </param>
internal sealed record Entrance(IDuplexListener Listener, byte[]? Secret, Func<string, bool>? IsOwnHost = null)
{
    /// <summary>Returns the form for logs, without the secret.</summary>
    /// <returns>The address.</returns>
    public override string ToString() => Listener.Address.ToString();
}
