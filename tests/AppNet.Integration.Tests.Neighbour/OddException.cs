namespace AppNet.Integration.Tests.Neighbour;

/// <summary>An exception that no other peer knows.</summary>
public sealed class OddException(string message) : Exception(message);
