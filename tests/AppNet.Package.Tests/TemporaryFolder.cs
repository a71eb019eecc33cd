namespace AppNet.Package.Tests;

/// <summary>A folder outside the repository, gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("appnet-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Returns a path in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);
}
