namespace AppNet.Generators.Tests.Compiled;

/// <summary>A service whose methods are connected.</summary>
public sealed class Desk(DeskLog log) : IAsyncDisposable
{
    private readonly int _number = log.NextNumber();

    /// <summary>Returns a number that no other desk has.</summary>
    [Connect]
    public int Number() => _number;

    [Connect]
    public async Task<int> Slowly(int value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return value + log.Add(value);
    }

    [Connect]
    public void Fail(string message) => throw new InvalidOperationException(message);

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        log.Disposed(_number);
    }
}
