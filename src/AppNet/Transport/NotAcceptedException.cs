namespace AppNet.Transport;

/// <summary>A path did not come about because one end does not accept the other, or what it shows. Nothing was told to either.</summary>
internal sealed class NotAcceptedException(string message, Exception? innerException = null) : IOException(message, innerException);
