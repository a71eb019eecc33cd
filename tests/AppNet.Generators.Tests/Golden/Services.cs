using AppNet;

public class Renderer
{
    /// <summary>Renders a frame.</summary>
    [Connect]
    public Task<string> Render(int frame, CancellationToken cancellationToken) => Task.FromResult($"{frame}");

    [Connect("reset")]
    internal void Reset()
    {
    }
}

public interface IStore
{
    [Connect]
    ValueTask<int> Count(string name = "all");
}
