namespace AppNet.Transport;

/// <summary>Somebody else listens at this address.</summary>
internal sealed class AddressInUseException(TransportAddress address, Exception? innerException = null)
    : IOException($"The address {address} is in use.", innerException);
