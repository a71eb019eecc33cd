using System.Collections.Concurrent;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>What desks have done. Safe for use from many threads.</summary>
public sealed class DeskLog
{
    private readonly ConcurrentQueue<int> _ended = new();
    private int _numbers;
    private int _sum;

    public IReadOnlyCollection<int> Ended => _ended;

    /// <summary>Gets or sets what disposing of a desk fails with.</summary>
    public Exception? DisposeFailure { get; set; }

    public int NextNumber() => Interlocked.Increment(ref _numbers);

    public int Add(int value) => Interlocked.Add(ref _sum, value);

    public void Disposed(int number)
    {
        _ended.Enqueue(number);
        if (DisposeFailure is { } failure)
        {
            throw failure;
        }
    }
}
