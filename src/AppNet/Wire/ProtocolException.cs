namespace AppNet.Wire;

/// <summary>The other side sent what docs/protocol.md does not allow. It ends the link.</summary>
internal sealed class ProtocolException(string message) : IOException(message);
