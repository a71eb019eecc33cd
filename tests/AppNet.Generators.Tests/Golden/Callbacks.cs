using AppNet;

public delegate ValueTask Report(string @class, int caller = 1);

[PeerContract]
public interface IListener
{
    Task Heard(string text);
}

public static class Calc
{
    [Connect]
    public static Task<int> Apply(int value, Func<int, CancellationToken, Task<int>> change) => change(value, default);

    [Connect]
    public static void Watch(Report report, IListener? listener = null, Action? done = null)
    {
    }
}
