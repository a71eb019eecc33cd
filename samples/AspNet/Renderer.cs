using AppNet;

namespace AspNet;

/// <summary>A service of the application whose method other peers call. Each call gets one of its own, in a scope of its own.</summary>
public sealed class Renderer(RenderCount count)
{
    /// <summary>Renders a frame.</summary>
    [Connect]
    public string Render(int frame) => $"frame {frame}, the {count.Next()}. of process {Environment.ProcessId}";
}
