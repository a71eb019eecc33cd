namespace AppNet.Generators.Tests.Compiled;

/// <summary>An implementation of the contracts.</summary>
internal sealed class PlainMath : IPlainMath
{
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<int> Add(int left, int right = 5) => Task.FromResult(left + right);

    public ValueTask<string> Describe(string name) => new($"{name} is plain");

    public async Task<int> Wait(CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.Register(Cancelled.SetResult);
        Waiting.SetResult();
        await Cancelled.Task;
        throw new OperationCanceledException(cancellationToken);
    }

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public Task<int> Negate(int value) => Task.FromResult(-value);
}
