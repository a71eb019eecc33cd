namespace AppNet.Architecture.Tests;

/// <summary>One folder of src/AppNet.</summary>
/// <param name="Folder">Its name.</param>
/// <param name="Uses">The folders right below that it may use; what those may use, it may use too.</param>
internal sealed record Floor(string Folder, params string[] Uses);
