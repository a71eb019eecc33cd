namespace AppNet.Generators.Tests.Compiled;

/// <summary>Subscribers that note what they get, for the test that runs them.</summary>
public static class Viewer
{
    private static readonly AsyncLocal<List<string>?> Notes = new();

    /// <summary>Shows a frame.</summary>
    [Subscribe("compiled.frame_ready", Groups = ["render", "show"], HubsOnly = true, OnHost = true)]
    public static void OnFrame(int frame, string path = "none", EventContext? context = null) =>
        Notes.Value?.Add($"{frame} {path} {context?.Number} {context?.Missed}");

    [Connect("Viewer.OnEnd")]
    [Subscribe("compiled.stopped")]
    [Subscribe("compiled.failed", Peers = ["host:3010"])]
    public static async Task OnEnd(CancellationToken token)
    {
        await Task.Yield();
        token.ThrowIfCancellationRequested();
    }

    /// <summary>Starts notes of one test's own.</summary>
    /// <returns>What the subscribers get from here on, in this test.</returns>
    internal static List<string> Note() => Notes.Value = [];
}
