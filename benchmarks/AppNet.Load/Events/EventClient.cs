using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AppNet.Load.Measuring;
using AppNet.Load.Processes;
using AppNet.Load.Systems;

namespace AppNet.Load.Events;

/// <summary>W4 and W4L in the client process: all subscribers, each with a link of its own.</summary>
/// <param name="system">What subscribes.</param>
/// <param name="order">The task.</param>
internal sealed class EventClient(IEventSystem system, ClientOrder order)
{
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromSeconds(30);

    private readonly EventReceiver[] _receivers =
        [.. Enumerable.Range(0, order.Load.Concurrency).Select(_ => new EventReceiver(EventPlan.Of(order.Load)))];

    /// <summary>Subscribes, counts, and says what was delivered, or why the run is void.</summary>
    /// <returns>A task that ends when that is said.</returns>
    [SuppressMessage("Design", "CA1859", Justification = "Subscriptions are whatever the system makes.")]
    public async Task RunAsync()
    {
        var control = ControlLines.Open();
        var subscriptions = new List<IAsyncDisposable>();
        foreach (var receiver in _receivers)
        {
            subscriptions.Add(await system.SubscribeAsync(order.Endpoint, receiver.Receive));
        }

        ControlLines.Write(ClientProcess.Subscribed);
        await control.ExpectAsync(ClientProcess.Go);
        await Task.Delay(order.Warmup, TimeProvider.System);
        ControlLines.Write(ClientProcess.Warm);
        await control.ExpectAsync(ClientProcess.Go);
        await CountAsync(control);
        foreach (var subscription in subscriptions)
        {
            await subscription.DisposeAsync();
        }
    }

    private async Task CountAsync(ControlLines control)
    {
        SetCounting(true);
        var (before, delivered) = (Usage.Measure(), Delivered());
        await Task.Delay(order.Measured, TimeProvider.System);
        var after = Usage.Measure();
        delivered = Delivered() - delivered;
        SetCounting(false);
        ControlLines.Write(ClientProcess.Counted);

        var total = long.Parse(await control.ReadAsync(), CultureInfo.InvariantCulture);
        var problems = await Task.WhenAll(_receivers.Select(receiver => receiver.CheckAsync(total, TimeToArrive)));
        if (Array.Find(problems, static problem => problem is not null) is { } problem)
        {
            ControlLines.Write(ClientProcess.Void + problem);
            return;
        }

        var delays = new LatencyHistogram();
        foreach (var receiver in _receivers)
        {
            delays.Add(receiver.Delays);
        }

        ControlLines.Write(CallCount.Create(delivered, delays, before, after).ToString());
    }

    private long Delivered() => _receivers.Sum(static receiver => receiver.Received);

    private void SetCounting(bool counting)
    {
        foreach (var receiver in _receivers)
        {
            receiver.IsCounting = counting;
        }
    }
}
