namespace AppNet.Generators.Models;

/// <summary>The documentation of the user's method.</summary>
/// <param name="Id">The id that a <c>cref</c> takes.</param>
/// <param name="Summary">The summary in one line, or null.</param>
/// <param name="IsWritten">Whether the method has a documentation comment at all.</param>
internal sealed record DocumentationModel(string Id, string? Summary, bool IsWritten);
