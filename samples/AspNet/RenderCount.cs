namespace AspNet;

/// <summary>How many frames this process has rendered.</summary>
public sealed class RenderCount
{
    private int _count;

    public int Next() => Interlocked.Increment(ref _count);
}
