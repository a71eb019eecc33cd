using System.Diagnostics;
using AppNet.Transport;

namespace AppNet.Links;

/// <summary>
/// How a thread waits for the next bytes: it looks again for a short while, yielding each time, and only then blocks, because to wake a
/// halted core costs more than a whole call. Looking that found nothing several times in a row is given up until bytes come
/// quickly again, so that a link with little traffic costs nothing.
/// </summary>
internal sealed class SpinPolicy(TimeSpan spinTime)
{
    private const int MaxFruitless = 8;

    private int _fruitless;

    /// <summary>Looks for bytes without blocking.</summary>
    /// <param name="duplex">Where they come from.</param>
    /// <param name="room">Where they go.</param>
    /// <returns>As <see cref="IDuplex.Receive"/>.</returns>
    public int Receive(IDuplex duplex, Span<byte> room)
    {
        if (_fruitless >= MaxFruitless || spinTime == TimeSpan.Zero)
        {
            return -1;
        }

        var began = Stopwatch.GetTimestamp();
        do
        {
            _ = Thread.Yield();
            var count = duplex.Receive(room, TimeSpan.Zero);
            if (count >= 0)
            {
                _fruitless = 0;
                return count;
            }
        }
        while (Stopwatch.GetElapsedTime(began) < spinTime);

        _fruitless++;
        return -1;
    }

    /// <summary>Blocks until bytes come, and takes note when that was quick.</summary>
    /// <param name="duplex">Where they come from.</param>
    /// <param name="room">Where they go.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>As <see cref="IDuplex.Receive"/>.</returns>
    public int Block(IDuplex duplex, Span<byte> room, TimeSpan timeout)
    {
        var began = Stopwatch.GetTimestamp();
        var count = duplex.Receive(room, timeout);
        if (count > 0 && Stopwatch.GetElapsedTime(began) < spinTime)
        {
            _fruitless = 0;
        }

        return count;
    }
}
