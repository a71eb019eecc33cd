namespace AppNet.Tests.Transport;

/// <summary>A folder for the sockets of one test, short enough for the system's limit and gone afterwards.</summary>
internal sealed class SocketFolder : IDisposable
{
    private int _last;

    public string Path { get; } = Directory.CreateTempSubdirectory("an").FullName;

    public string NewPath() => System.IO.Path.Combine(Path, $"{Interlocked.Increment(ref _last)}.sock");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
