using AppNet.Links;
using AppNet.TestKit;
using AppNet.Transport;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class LinkReaderTests
{
    [Fact]
    public async Task Frames_come_in_order_and_one_that_holds_its_thread_is_left_behind()
    {
        using var reading = new Reading();
        using var gate = new ManualResetEventSlim();
        reading.Sink.Handle = id =>
        {
            if (id == 3)
            {
                gate.Wait(Soon.Limit);
            }
        };

        await reading.SendAsync(Enumerable.Range(1, 10));

        await Soon.Until(() => reading.Sink.Ids.Length == 9, "all but the third are handled");
        Assert.Equal([1, 2, 4, 5, 6, 7, 8, 9, 10], reading.Sink.Ids);
        Assert.Equal(1, reading.Sink.HeldUp);
        gate.Set();
        reading.End();
        await reading.Sink.Ended.Within();
        await Soon.Until(() => reading.Sink.Ids.Length == 10, "the third is handled");
    }

    [Fact]
    public async Task A_frame_whose_handling_fails_after_its_loop_was_taken_over_ends_the_link_once_with_its_reason()
    {
        using var reading = new Reading();
        using var gate = new ManualResetEventSlim();
        reading.Sink.Handle = id =>
        {
            if (id == 1)
            {
                gate.Wait(Soon.Limit);
                throw new ProtocolException("late");
            }
        };
        await reading.SendAsync([1, 2]);
        await Soon.Until(() => reading.Sink.Ids.Length == 1, "the second is handled");
        Assert.False(reading.Sink.Ended.IsCompleted);

        gate.Set();

        Assert.Equal("late", (await reading.Sink.Ended.Within())?.Message);
        await reading.StopAsync();
        Assert.Equal(1, reading.Sink.Ends);
    }

    [Fact]
    public async Task What_the_link_itself_does_with_a_frame_is_never_overtaken_by_the_next_one()
    {
        using var threads = new LinkThreads(TimeProvider.System, TimeSpan.Zero);
        using var own = new Reading(threads: threads);
        using var other = new Reading(threads: threads);
        using var gate = new ManualResetEventSlim();
        var isUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        own.Sink.IsUserCode = false;
        own.Sink.Handle = id =>
        {
            if (id == 1)
            {
                isUnderWay.SetResult();
                gate.Wait(Soon.Limit);
            }
        };
        other.Sink.Handle = id => gate.Wait(id <= 3 ? Soon.Limit : TimeSpan.Zero);
        await own.SendAsync([1, 2]);
        await isUnderWay.Task.Within();

        // Three takeovers there: the watch has looked here at least as often.
        await other.SendAsync([1, 2, 3, 4]);
        await Soon.Until(() => other.Sink.Ids.Length == 1, "the last one there is handled");

        Assert.Empty(own.Sink.Ids);
        gate.Set();
        await Soon.Until(() => own.Sink.Ids.Length == 2, "both are handled");
        Assert.Equal([1, 2], own.Sink.Ids);
        Assert.Equal(0, own.Sink.HeldUp);
    }

    [Fact]
    public async Task Many_frames_that_hold_their_threads_are_each_left_behind()
    {
        using var reading = new Reading();
        using var gate = new ManualResetEventSlim();
        reading.Sink.Handle = id =>
        {
            if (id % 2 == 0)
            {
                gate.Wait(Soon.Limit);
            }
        };

        await reading.SendAsync(Enumerable.Range(1, 40));

        await Soon.Until(() => reading.Sink.Ids.Length == 20, "the odd ones are handled");
        gate.Set();
        await Soon.Until(() => reading.Sink.Ids.Length == 40, "all are handled");
        Assert.Equal(Enumerable.Range(1, 40), reading.Sink.Ids.Order());
    }

    [Fact]
    public async Task Bytes_that_come_with_the_handshake_are_handled_first()
    {
        using var reading = new Reading([.. RawPeer.Frame(FrameType.Cancel, 0, 1, []), .. RawPeer.Frame(FrameType.Cancel, 0, 2, [])[..5]]);

        await reading.SendAsync(RawPeer.Frame(FrameType.Cancel, 0, 2, [])[5..]);

        await Soon.Until(() => reading.Sink.Ids.Length == 2, "both are handled");
        Assert.Equal([1, 2], reading.Sink.Ids);
    }

    [Fact]
    public async Task A_loop_whose_waits_end_at_once_does_not_deepen_its_stack()
    {
        var duplex = new AlwaysLate(100_000);
        using var threads = new LinkThreads(TimeProvider.System, TimeSpan.Zero);
        var sink = new Sink();

        new LinkReader(duplex, sink, threads, maxFrame: 100, ReadOnlySpan<byte>.Empty).Start();

        Assert.Null(await sink.Ended.Within());
    }

    [Fact]
    public async Task A_transport_that_fails_in_an_unforeseen_way_ends_the_loop()
    {
        var duplex = new AlwaysLate(3, new InvalidTimeZoneException("unforeseen"));
        using var threads = new LinkThreads(TimeProvider.System, TimeSpan.Zero);
        var sink = new Sink();

        new LinkReader(duplex, sink, threads, maxFrame: 100, ReadOnlySpan<byte>.Empty).Start();

        Assert.Equal("unforeseen", (await sink.Ended.Within())?.Message);
    }

    [Fact]
    public async Task What_frames_queue_is_sent_before_all_that_arrived_are_handled_when_that_takes_long()
    {
        var time = new ManualTimeProvider();
        using var threads = new LinkThreads(time, TimeSpan.Zero);
        using var reading = new Reading(threads: threads);
        using var answers = new Answers();
        var arrivedBy = new List<int>();
        reading.Sink.IsUserCode = false;
        reading.Sink.Handle = id =>
        {
            answers.Queue((uint)id);
            time.Advance(TimeSpan.FromMicroseconds(20));
            arrivedBy.Add(answers.CountArrived());
        };

        await reading.SendAsync(Enumerable.Range(1, 40));
        await Soon.Until(() => reading.Sink.Ids.Length == 40, "all are handled");

        Assert.Equal(0, arrivedBy[15]);
        Assert.Equal(16, arrivedBy[16]);
        Assert.Equal(32, arrivedBy[39]);
    }

    /// <summary>A link's way out, whose frames are queued by the loop that runs on the thread.</summary>
    private sealed class Answers : IDisposable
    {
        private readonly MemoryDuplex _near;
        private readonly MemoryDuplex _far;
        private readonly LinkWriter _writer;
        private readonly byte[] _room = new byte[10_000];
        private int _arrived;

        public Answers()
        {
            var info = new DuplexInfo("memory", "test", IsSameHost: true);
            (_near, _far) = MemoryDuplex.CreatePair(info, info);
            _writer = new LinkWriter(_near, capacity: 10_000, _ => { });
        }

        public void Queue(uint id)
        {
            Assert.Equal(SendOutcome.Queued, _writer.Append(new FrameHeader(0, FrameType.Cancel, FrameFlags.None, 0, id), [], [], canWait: false));
            Assert.True(LoopTurn.TryDefer(_writer));
        }

        public int CountArrived() => (_arrived += Math.Max(0, _far.Receive(_room, TimeSpan.Zero))) / FrameHeader.Size;

        public void Dispose()
        {
            _near.Dispose();
            _far.Dispose();
        }
    }

    private sealed class Sink : IFrameSink
    {
        private readonly Lock _gate = new();
        private readonly List<int> _ids = [];
        private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _ends;
        private int _heldUp;

        public Action<int> Handle { get; set; } = _ => { };

        public bool IsUserCode { get; set; } = true;

        public int[] Ids
        {
            get
            {
                lock (_gate)
                {
                    return [.. _ids];
                }
            }
        }

        public int Ends => Volatile.Read(ref _ends);

        public int HeldUp => Volatile.Read(ref _heldUp);

        public Task<Exception?> Ended => _ended.Task;

        public void OnFrame(in Frame frame)
        {
            var id = (int)frame.Header.Id;
            if (IsUserCode)
            {
                LoopTurn.BeginUserCode();
            }

            try
            {
                Handle(id);
            }
            finally
            {
                LoopTurn.EndUserCode();
            }

            lock (_gate)
            {
                _ids.Add(id);
            }
        }

        public void OnHeldUp() => Interlocked.Increment(ref _heldUp);

        public void OnEnd(Exception? failure)
        {
            Interlocked.Increment(ref _ends);
            _ = _ended.TrySetResult(failure);
        }
    }

    private sealed class Reading : IDisposable
    {
        private readonly LinkThreads _threads;
        private readonly MemoryDuplex _near;
        private readonly MemoryDuplex _far;

        public Reading(byte[]? received = null, LinkThreads? threads = null)
        {
            _threads = threads ?? new LinkThreads(TimeProvider.System, TimeSpan.Zero);
            var info = new DuplexInfo("memory", "test", IsSameHost: true);
            (_near, _far) = MemoryDuplex.CreatePair(info, info);
            new LinkReader(_near, Sink, _threads, maxFrame: 1000, received).Start();
        }

        public Sink Sink { get; } = new();

        public Task SendAsync(byte[] bytes) => _far.SendAsync([bytes], CancellationToken.None).AsTask();

        public Task SendAsync(IEnumerable<int> ids) => SendAsync([.. ids.SelectMany(id => RawPeer.Frame(FrameType.Cancel, 0, (uint)id, []))]);

        public void End() => _far.CompleteSending();

        /// <summary>Waits until no thread has anything left to do for the loop.</summary>
        public async Task StopAsync()
        {
            _near.Dispose();
            var done = new TaskCompletionSource();
            _threads.Workers.Run(new Last(done));
            await done.Task.Within();
        }

        public void Dispose()
        {
            _near.Dispose();
            _far.Dispose();
            _threads.Dispose();
        }

        private sealed class Last(TaskCompletionSource done) : IThreadPoolWorkItem
        {
            public void Execute() => done.SetResult();
        }
    }

    /// <summary>Nothing is there when asked for, and something when waited for; after so many times it ends.</summary>
    private sealed class AlwaysLate(int times, Exception? failure = null) : IDuplex
    {
        private int _left = times;

        public DuplexInfo Info { get; } = new("late", "test", IsSameHost: true);

        public int Receive(Span<byte> buffer, TimeSpan timeout) => _left > 0 || failure is not null ? -1 : 0;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            --_left < 0 && failure is not null ? ValueTask.FromException<int>(failure) : ValueTask.FromResult(0);

        public int TrySend(List<ArraySegment<byte>> buffers) => 0;

        public ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void CompleteSending()
        {
        }

        public void Dispose()
        {
        }
    }
}
