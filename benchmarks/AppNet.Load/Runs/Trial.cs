using System.Diagnostics;
using System.Globalization;
using AppNet.Load.Measuring;
using AppNet.Load.Processes;
using AppNet.Load.Results;
using AppNet.Load.Systems;
using AppNet.Load.Workloads;

namespace AppNet.Load.Runs;

/// <summary>One system in one case, once: a server process and its clients, started for it and ended with it.</summary>
/// <param name="options">The times, and the cores.</param>
/// <param name="system">The system's name.</param>
/// <param name="transport">The transport.</param>
/// <param name="load">The case.</param>
internal sealed class Trial(LoadOptions options, string system, LoadTransport transport, LoadCase load)
{
    private const int FirstCalls = 3;

    // How long a step may take beyond the time that was asked for: 5,000 TLS handshakes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Ends it early, with all of its processes.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LoadException">A process failed, or did not answer.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("appnet-load-");
        try
        {
            var address = transport == LoadTransport.Uds ? Path.Combine(folder.FullName, "socket") : "127.0.0.1:0";
            var order = new ServerOrder(system, new(transport, address));
            await using var server = ChildProcess.Start(order.ToArguments(), options.Pinning);
            var endpoint = Endpoint.Parse(await server.ReadAsync(Patience, cancellationToken));
            return string.Equals(load.Workload, WorkloadCatalogue.IdleLinks, StringComparison.Ordinal)
                ? await MeasureLinksAsync(server, endpoint, cancellationToken)
                : await MeasureCallsAsync(server, endpoint, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<LoadResult> MeasureCallsAsync(
        ChildProcess server, Endpoint endpoint, CancellationToken cancellationToken)
    {
        await using var client = StartClient(ClientTask.Calls, endpoint);
        await ExpectAsync(client, ClientProcess.Warm, options.Warmup, cancellationToken);
        var before = await AskAsync(server, ServerProcess.UsageQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Go);
        await ExpectAsync(client, ClientProcess.Counted, options.Measured, cancellationToken);
        var after = await AskAsync(server, ServerProcess.UsageQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Stop);
        var count = CallCount.Parse(await client.ReadAsync(Patience, cancellationToken));
        return ToResult(count, after.RateSince(before));
    }

    // The server was asked a little before and after the client counted, under the same load: its rate holds, its sum
    // would not.
    private LoadResult ToResult(CallCount count, (double Cpu, double Allocated) serverRate) => NewResult() with
    {
        Calls = count.Calls,
        Seconds = count.Seconds,
        CallsPerS = count.Calls / count.Seconds,
        P50Us = count.P50,
        P99Us = count.P99,
        ServerCpuS = serverRate.Cpu * count.Seconds,
        ClientCpuS = count.CpuSeconds,
        AllocatedBytesPerCall = (count.Allocated + (serverRate.Allocated * count.Seconds)) / Math.Max(1, count.Calls),
    };

    private async Task<LoadResult> MeasureLinksAsync(
        ChildProcess server, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var firstCall = await MeasureFirstCallAsync(endpoint, cancellationToken);
        await using var client = StartClient(ClientTask.Links, endpoint);
        await ExpectAsync(client, ClientProcess.Warm, TimeSpan.Zero, cancellationToken);
        var before = await AskAsync(server, ServerProcess.MemoryQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Go);
        await ExpectAsync(client, ClientProcess.Counted, TimeSpan.Zero, cancellationToken);
        var after = await AskAsync(server, ServerProcess.MemoryQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Stop);
        return NewResult() with
        {
            KbPerLink = (after.Resident - before.Resident) / 1024.0 / load.Concurrency,
            FirstCallMs = firstCall.TotalMilliseconds,
        };
    }

    private async Task<TimeSpan> MeasureFirstCallAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        // One more than is measured: the first of all warms up the server.
        var times = new List<TimeSpan>();
        for (var call = 0; call <= FirstCalls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var client = StartClient(ClientTask.FirstCall, endpoint);
            var line = await client.ReadAsync(Patience, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started, long.Parse(line, CultureInfo.InvariantCulture)));
        }

        return times.Skip(1).Order().ElementAt(FirstCalls / 2);
    }

    private ChildProcess StartClient(ClientTask task, Endpoint endpoint)
    {
        var order = new ClientOrder(task, system, endpoint, load, options.Warmup, options.Measured);
        return ChildProcess.Start(order.ToArguments(), options.Pinning);
    }

    private static async Task<Usage> AskAsync(ChildProcess server, string question, CancellationToken cancellationToken)
    {
        await server.WriteAsync(question);
        return Usage.Parse(await server.ReadAsync(Patience, cancellationToken));
    }

    private static async Task ExpectAsync(
        ChildProcess process, string expected, TimeSpan time, CancellationToken cancellationToken)
    {
        var line = await process.ReadAsync(time + Patience, cancellationToken);
        if (!string.Equals(line, expected, StringComparison.Ordinal))
        {
            throw new LoadException($"A process said '{line}' where '{expected}' was expected.");
        }
    }

    private LoadResult NewResult() => new(
        system, transport.ToString().ToLowerInvariant(), load.Workload, load.Concurrency, load.PayloadBytes);
}
