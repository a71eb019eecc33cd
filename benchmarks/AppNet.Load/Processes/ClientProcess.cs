using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AppNet.Load.Events;
using AppNet.Load.Measuring;
using AppNet.Load.Systems;
using AppNet.Load.Workloads;

namespace AppNet.Load.Processes;

/// <summary>
/// The verb <c>client</c>: makes the load. It says on the control channel when a phase is reached and goes on when
/// told, so that the server is measured over the same time.
/// </summary>
internal static class ClientProcess
{
    /// <summary>What it says when all have subscribed.</summary>
    public const string Subscribed = "subscribed";

    /// <summary>What it says, with the reason, when an event was missed.</summary>
    public const string Void = "void: ";

    /// <summary>What it says when the load is warm, or the first links are there.</summary>
    public const string Warm = "warm";

    /// <summary>What it is told then.</summary>
    public const string Go = "go";

    /// <summary>What it says when it has counted, or all links are there.</summary>
    public const string Counted = "counted";

    /// <summary>What it is told then.</summary>
    public const string Stop = "stop";

    /// <summary>Does its task once.</summary>
    /// <param name="order">The task.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ClientOrder order)
    {
        var system = SystemCatalogue.Create(order.System);
        await (order.Task switch
        {
            ClientTask.FirstCall => CallFirstAsync(system, order.Endpoint),
            ClientTask.Links => LinkAsync(system, order),
            ClientTask.Events => new EventClient((IEventSystem)system, order).RunAsync(),
            _ => CallAsync(system, order),
        });
        return 0;
    }

    private static async Task CallFirstAsync(ISystem system, Endpoint endpoint)
    {
        await using var client = await system.CreateClientAsync(endpoint);
        await client.AddAsync(20, 22);
        ControlLines.Write(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
    }

    private static async Task LinkAsync(ISystem system, ClientOrder order)
    {
        var control = ControlLines.Open();
        await using var crowd = new LinkCrowd(system, order.Endpoint);
        await crowd.GrowAsync(order.Load.Concurrency);
        ControlLines.Write(Counted);
        await control.ExpectAsync(Stop);
    }

    [SuppressMessage("Reliability", "CA2025", Justification = "Callers are left behind only where the process ends.")]
    private static async Task CallAsync(ISystem system, ClientOrder order)
    {
        var control = ControlLines.Open();
        using var meter = new CallMeter();
        var clients = await system.CreateClientsAsync(order.Endpoint, order.Load.Links);
        var callers = Task.WhenAll(clients.Select(client => WorkloadCatalogue.CallersOf(order.Load).RunAsync(client, meter)));
        await RunForAsync(order.Warmup, callers);
        ControlLines.Write(Warm);
        await control.ExpectAsync(Go);

        meter.StartCounting();
        var before = Usage.Measure();
        do
        {
            await RunForAsync(order.Measured, callers);
        }
        while (!meter.HasCounted);

        var after = Usage.Measure();
        meter.StopCounting();
        ControlLines.Write(Counted);
        await control.ExpectAsync(Stop);

        meter.Stop();
        await callers;
        var latencies = meter.Gather();
        ControlLines.Write(CallCount.Create(latencies.Total, latencies, before, after).ToString());
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static async Task RunForAsync(TimeSpan time, Task callers)
    {
        if (await Task.WhenAny(callers, Task.Delay(time, TimeProvider.System)) == callers)
        {
            // Callers end before they are told to only by failing.
            await callers;
        }
    }
}
