using System.Diagnostics;
using AppNet.Load.Measuring;

namespace AppNet.Load.Systems.Raw;

/// <summary>
/// Keeps a window of echoes under way on one blocking stream: this thread receives, another sends. One thread for both
/// would block in a send while the server blocks in its own.
/// </summary>
internal sealed class RawEchoWindow : IDisposable
{
    private readonly Stream _stream;
    private readonly CallMeter _meter;
    private readonly byte[] _frame;
    private readonly byte[] _answer;
    private readonly SemaphoreSlim _free;

    // When each echo of the window was sent. A slot is written before its frame is sent and read after the frame has
    // returned, so the socket orders the two.
    private readonly long[] _started;

    // How many echoes there are in all; known once the sender has seen the meter stopped.
    private long _total = long.MaxValue;

    /// <summary>Initializes a new instance of the <see cref="RawEchoWindow"/> class.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="payload">What each echo carries.</param>
    /// <param name="window">How many are under way.</param>
    /// <param name="meter">Takes the latencies, and says when to stop.</param>
    public RawEchoWindow(Stream stream, byte[] payload, int window, CallMeter meter)
    {
        _stream = stream;
        _meter = meter;
        _frame = RawFrame.Create(payload);
        _answer = new byte[_frame.Length];
        _free = new SemaphoreSlim(window, window);
        _started = new long[window];
    }

    /// <summary>Sends and receives until the meter has stopped and every echo has returned.</summary>
    public void Run()
    {
        var sender = new Thread(Send) { IsBackground = true, Name = "raw echo sender" };
        sender.Start();
        for (var echo = 0L; echo != Volatile.Read(ref _total); echo++)
        {
            _stream.ReadExactly(_answer);
            if (_answer[^1] != _frame[^1])
            {
                throw new LoadException("The echo came back changed.");
            }

            _meter.Completed(_started[echo % _started.Length], calls: 1);
            _free.Release();
        }

        sender.Join();
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private void Send()
    {
        for (var echo = 0L; Volatile.Read(ref _total) == long.MaxValue; echo++)
        {
            _free.Wait();
            if (!_meter.IsRunning)
            {
                // This one is still sent: the receiver may wait for it already, and so learns that it is the last.
                Volatile.Write(ref _total, echo + 1);
            }

            _started[echo % _started.Length] = Stopwatch.GetTimestamp();
            _stream.Write(_frame);
        }
    }
}
