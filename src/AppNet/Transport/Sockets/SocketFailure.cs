using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>Says in words what a socket reports as a code.</summary>
internal static class SocketFailure
{
    /// <summary>Says why bytes could not be sent or received.</summary>
    /// <param name="what">What was tried, with its preposition: <c>Sending to</c>.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="failure">What the socket said.</param>
    /// <returns>The exception to throw.</returns>
    public static IOException OfTransfer(string what, string remote, SocketException failure)
    {
        string reason = failure.SocketErrorCode switch
        {
            SocketError.ConnectionReset => "the other side reset the connection",
            SocketError.Shutdown or SocketError.ConnectionAborted => "the connection has ended",
            SocketError.TimedOut => "the other side does not answer any more",
            _ => failure.Message,
        };
        return new IOException($"{what} {remote} failed: {reason}.", failure);
    }

    /// <summary>Says why a connection did not come about.</summary>
    /// <param name="address">The address that was tried.</param>
    /// <param name="failure">What the socket said.</param>
    /// <returns>The exception to throw.</returns>
    public static IOException OfConnecting(TransportAddress address, SocketException failure)
    {
        string where = address.Port == 0 ? $"\"{address.Host}\"" : $"{address.Host}:{address.Port}";
        string message = failure.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => $"Nothing listens at {where}.",
            SocketError.TimedOut => $"{where} did not answer in time: the host is off, or a firewall drops what is sent to it.",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => $"There is no way to {where}: the host or its network is unreachable.",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The host name \"{address.Host}\" is not known.",
            SocketError.AccessDenied => $"This user may not connect to {where}.",
            SocketError.TooManyOpenSockets => $"Connecting to {where} failed: this process has too many files open.",
            _ => $"Connecting to {where} failed: {failure.Message}.",
        };
        return new IOException(message, failure);
    }

    /// <summary>Says why listening is not possible.</summary>
    /// <param name="address">The address that was tried.</param>
    /// <param name="failure">What the socket said.</param>
    /// <returns>The exception to throw.</returns>
    public static IOException OfListening(TransportAddress address, SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new AddressInUseException(address, failure),
        SocketError.AddressNotAvailable => new IOException($"Cannot listen at {address}: it is no address of this host.", failure),
        SocketError.AccessDenied => new IOException($"Cannot listen at {address}: this user may not.", failure),
        _ => new IOException($"Cannot listen at {address}: {failure.Message}.", failure),
    };
}
