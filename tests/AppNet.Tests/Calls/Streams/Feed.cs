using System.Runtime.CompilerServices;

namespace AppNet.Tests.Calls.Streams;

/// <summary>Producers for tests of streams; each tells when it was told to end.</summary>
internal sealed class Feed
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _produced;

    /// <summary>Gets how many items were taken from the producer.</summary>
    public long Produced => Volatile.Read(ref _produced);

    /// <summary>Gets a task that ends when the producer was disposed of.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Gives numbers without ever waiting.</summary>
    public async IAsyncEnumerable<int> Numbers(int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                _ = Interlocked.Increment(ref _produced);
                yield return i;
            }

            await Task.CompletedTask;
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Gives texts of a size without end, without ever waiting or looking at its token.</summary>
    public async IAsyncEnumerable<string> Texts(int length)
    {
        try
        {
            var text = new string('x', length);
            while (true)
            {
                _ = Interlocked.Increment(ref _produced);
                yield return text;
            }
        }
        finally
        {
            await Task.CompletedTask;
            _ended.TrySetResult();
        }
    }

    /// <summary>Gives one number, then nothing until it is told to end.</summary>
    public async IAsyncEnumerable<int> Stuck([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return 1;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Gives some numbers, then fails.</summary>
    public async IAsyncEnumerable<int> Failing(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i;
        }

        await Task.Yield();
        throw new InvalidTimeZoneException("mine");
    }
}
