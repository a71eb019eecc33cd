namespace AppNet.Generators.Tests.Compiled;

/// <summary>Functions that call back.</summary>
public static class Callers
{
    [Connect]
    public static async Task<int> Apply(int value, Func<int, Task<int>> change) => await change(value) + await change(value);

    [Connect]
    public static async Task<string> Join(IReadOnlyList<string> texts, Func<string, int, CancellationToken, ValueTask<string>>? change = null)
    {
        var joined = new List<string>();
        foreach (string text in texts)
        {
            joined.Add(change is null ? text : await change(text, joined.Count, CancellationToken.None));
        }

        return string.Join(' ', joined);
    }

    [Connect]
    public static int Count(int to, Action<int> report)
    {
        for (int number = 1; number <= to; number++)
        {
            report(number);
        }

        return to;
    }

    [Connect]
    public static async Task<int> Descend(int depth, Func<int, Task<int>> next) => depth == 0 ? 0 : 1 + await next(depth - 1);

    [Connect]
    public static Task<int> AddThrough(IMath math, int value) => math.Add(value);

    [Connect]
    public static async Task Await(Func<CancellationToken, Task> wait) => await wait(CancellationToken.None);
}
