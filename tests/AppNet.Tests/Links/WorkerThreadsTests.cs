using System.Diagnostics.CodeAnalysis;
using AppNet.Links;
using Xunit;

namespace AppNet.Tests.Links;

[SuppressMessage("Usage", "MA0012", Justification = "It is what the runtime throws.")]
[SuppressMessage("Usage", "CA2201", Justification = "It is what the runtime throws.")]
public sealed class WorkerThreadsTests
{
    [Fact]
    public async Task Work_is_done_by_the_pool_where_the_system_gives_no_thread()
    {
        var threads = new WorkerThreads(_ => throw new InsufficientMemoryException("No thread is left."));
        var work = new Work();

        threads.Run(work);

        await work.Done.Within();
    }

    [Fact]
    public async Task Queued_work_goes_on_without_threads_however_much_of_it_there_is()
    {
        var queue = new WorkQueue(new WorkerThreads(_ => throw new InsufficientMemoryException("No thread is left.")));
        var works = Enumerable.Range(0, 100).Select(_ => new Work()).ToArray();

        foreach (var work in works)
        {
            queue.Add(work);
        }

        await Task.WhenAll(works.Select(work => work.Done)).Within();
        Assert.False(queue.HasWork);
    }

    private sealed class Work : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Execute() => _done.SetResult();
    }
}
