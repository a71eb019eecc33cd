namespace AppNet.Integration.Tests.Neighbour;

/// <summary>An argument and a result with parts.</summary>
/// <param name="Name">A text.</param>
/// <param name="X">A number.</param>
/// <param name="Tags">A list.</param>
public sealed record Place(string Name, int X, IReadOnlyList<string> Tags);
