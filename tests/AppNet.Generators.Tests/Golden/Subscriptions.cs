using AppNet;

namespace Sample;

public static class Viewer
{
    /// <summary>Shows a frame.</summary>
    [Subscribe("frame_ready", Groups = ["render", "say \"it\""], HubsOnly = true, OnHost = true)]
    public static void OnFrame(int frame, string path = "none")
    {
    }

    [Subscribe("stopped")]
    [Subscribe("failed", Peers = ["host:3010", "other"], HubsOnly = false)]
    internal static async Task OnEnd(EventContext context, CancellationToken token) => await Task.Delay(1, token);

    [Connect("shared")]
    [Subscribe("shared")]
    public static ValueTask OnBoth(params List<string>[] values) => default;

    [Subscribe("old", Groups = new string[0], Peers = null)]
    [Obsolete("Use another.", error: true)]
    public static void OnOld()
    {
    }
}
