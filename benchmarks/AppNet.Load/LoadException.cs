namespace AppNet.Load;

/// <summary>A run or a trial that can't go on; the message is for the one who started it.</summary>
/// <param name="message">What failed.</param>
/// <param name="inner">Why, if known.</param>
internal sealed class LoadException(string message, Exception? inner = null) : Exception(message, inner);
