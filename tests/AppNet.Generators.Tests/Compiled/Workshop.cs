namespace AppNet.Generators.Tests.Compiled;

/// <summary>Keeps a callback too long, and holds another one back.</summary>
internal sealed class Workshop : IWorkshop
{
    public Func<int, Task<int>>? Kept { get; private set; }

    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Keep(Func<int, Task<int>> callback)
    {
        Kept = callback;
        return Task.CompletedTask;
    }

    public async Task<int> ApplyWhenReleased(int value, Func<int, Task<int>> change)
    {
        Begun.SetResult();
        await Release.Task;
        return await change(value);
    }
}
