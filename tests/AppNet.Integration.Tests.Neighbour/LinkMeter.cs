using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace AppNet.Integration.Tests.Neighbour;

/// <summary>Listens to the meter of links, as a program that watches AppNet does.</summary>
internal static class LinkMeter
{
    private static readonly Lock Gate = new();
    private static readonly MeterListener Listener = new();

    // All guarded by Gate.
    private static readonly List<(long Count, TaskCompletionSource Reached)> Waiting = [];
    private static long _links;
    private static long _most;

    /// <summary>Begins to listen, before there are links.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "This is a program.")]
    internal static void Listen()
    {
        Listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "appnet.links", Meter.Name: "AppNet" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Listener.SetMeasurementEventCallback<long>((_, change, _, _) => OnChange(change));
        Listener.Start();
    }

    /// <summary>Waits until there are so many links.</summary>
    public static Task WaitForAsync(long count, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (_links == count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Waiting.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Returns the highest number of links since the last time.</summary>
    public static long TakeMost()
    {
        lock (Gate)
        {
            var most = _most;
            _most = _links;
            return most;
        }
    }

    private static void OnChange(long change)
    {
        lock (Gate)
        {
            _links += change;
            _most = Math.Max(_most, _links);
            foreach (var (_, reached) in Waiting.Where(waiting => waiting.Count == _links))
            {
                reached.TrySetResult();
            }

            Waiting.RemoveAll(waiting => waiting.Reached.Task.IsCompleted);
        }
    }
}
