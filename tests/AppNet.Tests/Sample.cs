namespace AppNet.Tests;

/// <summary>Values that tests start from.</summary>
internal static class Sample
{
    public static PeerInfo Info(Guid? instance = null, int port = 3010, string? group = null) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Group = group,
        Instance = instance ?? Guid.NewGuid(),
        Executable = "/bin/app",
        User = "ann",
        ProcessId = 42,
        Machine = "box",
        Runtime = ".NET 10.0.1",
        Version = "0.1.0",
        StartedAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
