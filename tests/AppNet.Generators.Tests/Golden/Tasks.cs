using AppNet;

public static class Work
{
    [Connect]
    public static async Task<string?> Later(string? text) => await Task.FromResult(text);

    [Connect]
    public static Task Done() => Task.CompletedTask;

    [Connect]
    public static ValueTask<int[]> Quick(int[] values) => new(values);

    [Connect]
    public static ValueTask Quiet(double amount) => default;
}
