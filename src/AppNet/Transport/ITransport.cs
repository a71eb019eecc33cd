namespace AppNet.Transport;

/// <summary>Brings bytes over one kind of network. Safe for use from many threads.</summary>
internal interface ITransport
{
    /// <summary>Gets the name by which addresses name this transport: <c>tcp</c>, <c>unix</c>, <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="address">Where to listen; port 0 asks for any free one.</param>
    /// <returns>The listener, which takes connections from now on.</returns>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    /// <exception cref="IOException">Listening there is not possible for another reason.</exception>
    IDuplexListener Listen(TransportAddress address);

    /// <summary>Connects to a listener.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The duplex.</returns>
    /// <exception cref="IOException">Nobody listens there, or the way is barred; the message says which.</exception>
    ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken);
}
