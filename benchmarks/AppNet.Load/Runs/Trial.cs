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
/// <param name="system">The system.</param>
/// <param name="transport">The transport.</param>
/// <param name="load">The case.</param>
internal sealed class Trial(LoadOptions options, ISystem system, LoadTransport transport, LoadCase load)
{
    private const int FirstCalls = 3;

    // Links that are there before the memory of the others is measured, so that what is paid once does not count.
    private const int WarmLinks = 100;

    // A client process holds no more: thousands of links in one would meet its limits, of files and threads, before the server's.
    private const int LinksPerProcess = 1_000;

    // How long a step may take beyond the time that was asked for: 5,000 TLS handshakes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("appnet-load-");

    private string Peers => Path.Combine(_folder.FullName, "peers");

    /// <summary>Runs it. Called once.</summary>
    /// <param name="cancellationToken">Ends it early, with all of its processes.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LoadException">A process failed, or did not answer.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var address = transport == LoadTransport.Uds ? Path.Combine(_folder.FullName, "socket") : "127.0.0.1:0";
            RequireFiles();
            var order = new ServerOrder(system.Name, new(transport, address), load);
            await using var server = ChildProcess.Start(order.ToArguments(), options.Pinning, Peers);
            var endpoint = Endpoint.Parse(await server.ReadAsync(Patience, cancellationToken));
            return load.Workload switch
            {
                WorkloadCatalogue.IdleLinks => await MeasureLinksAsync(server, endpoint, cancellationToken),
                WorkloadCatalogue.Events or WorkloadCatalogue.EventDelay =>
                    await MeasureEventsAsync(server, endpoint, cancellationToken),
                _ => await MeasureCallsAsync(server, endpoint, cancellationToken),
            };
        }
        finally
        {
            _folder.Delete(recursive: true);
        }
    }

    private async Task<LoadResult> MeasureCallsAsync(
        ChildProcess server, Endpoint endpoint, CancellationToken cancellationToken)
    {
        await using var client = StartClient(ClientTask.Calls, endpoint, load);
        await ExpectAsync(client, ClientProcess.Warm, options.Warmup, cancellationToken);
        var before = await AskAsync(server, ServerProcess.UsageQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Go);
        await ExpectAsync(client, ClientProcess.Counted, options.Measured, cancellationToken);
        var after = await AskAsync(server, ServerProcess.UsageQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Stop);
        var count = CallCount.Parse(await client.ReadAsync(Patience, cancellationToken));
        return ToResult(count, after.RateSince(before));
    }

    private async Task<LoadResult> MeasureEventsAsync(
        ChildProcess server, Endpoint endpoint, CancellationToken cancellationToken)
    {
        await using var client = StartClient(ClientTask.Events, endpoint, load);
        await ExpectAsync(client, ClientProcess.Subscribed, TimeSpan.Zero, cancellationToken);
        await server.WriteAsync(ServerProcess.PublishOrder);
        await ExpectAsync(server, ServerProcess.Publishing, TimeSpan.Zero, cancellationToken);
        await client.WriteAsync(ClientProcess.Go);
        await ExpectAsync(client, ClientProcess.Warm, options.Warmup, cancellationToken);
        var before = await AskAsync(server, ServerProcess.UsageQuestion, cancellationToken);
        await client.WriteAsync(ClientProcess.Go);
        await ExpectAsync(client, ClientProcess.Counted, options.Measured, cancellationToken);
        var after = await AskAsync(server, ServerProcess.UsageQuestion, cancellationToken);
        await server.WriteAsync(ServerProcess.QuietOrder);
        await client.WriteAsync(await server.ReadAsync(Patience, cancellationToken));
        var answer = await client.ReadAsync(Patience, cancellationToken);
        return answer.StartsWith(ClientProcess.Void, StringComparison.Ordinal)
            ? throw new LoadException($"{system.Name} {load} is {answer}.")
            : ToResult(CallCount.Parse(answer), after.RateSince(before));
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
        var clients = new List<ChildProcess>();
        try
        {
            await AddLinksAsync(clients, endpoint, Math.Min(WarmLinks, load.Concurrency), cancellationToken);
            var before = await AskAsync(server, ServerProcess.MemoryQuestion, cancellationToken);
            for (var links = 0; links < load.Concurrency; links += LinksPerProcess)
            {
                await AddLinksAsync(clients, endpoint, Math.Min(LinksPerProcess, load.Concurrency - links), cancellationToken);
            }

            var after = await AskAsync(server, ServerProcess.MemoryQuestion, cancellationToken);
            return NewResult() with
            {
                KbPerLink = (after.Resident - before.Resident) / 1024.0 / load.Concurrency,
                FirstCallMs = firstCall.TotalMilliseconds,
            };
        }
        finally
        {
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        }
    }

    private async Task AddLinksAsync(
        List<ChildProcess> clients, Endpoint endpoint, int links, CancellationToken cancellationToken)
    {
        clients.Add(StartClient(ClientTask.Links, endpoint, load with { Concurrency = links }));
        await ExpectAsync(clients[^1], ClientProcess.Counted, TimeSpan.Zero, cancellationToken);
    }

    private void RequireFiles()
    {
        if (string.Equals(load.Workload, WorkloadCatalogue.IdleLinks, StringComparison.Ordinal))
        {
            OpenFiles.Require($"{load.Workload} of {system.Name}", load.Concurrency + WarmLinks, filesPerLink: 1);
            OpenFiles.Require($"{load.Workload} of {system.Name}", Math.Min(LinksPerProcess, load.Concurrency), system.FilesPerLink);
        }
        else
        {
            OpenFiles.Require($"{load.Workload} of {system.Name}", load.Links, system.FilesPerLink);
        }
    }

    private async Task<TimeSpan> MeasureFirstCallAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        // One more than is measured: the first of all warms up the server.
        var times = new List<TimeSpan>();
        for (var call = 0; call <= FirstCalls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var client = StartClient(ClientTask.FirstCall, endpoint, load);
            var line = await client.ReadAsync(Patience, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started, long.Parse(line, CultureInfo.InvariantCulture)));
        }

        return times.Skip(1).Order().ElementAt(FirstCalls / 2);
    }

    private ChildProcess StartClient(ClientTask task, Endpoint endpoint, LoadCase part)
    {
        var order = new ClientOrder(task, system.Name, endpoint, part, options.Warmup, options.Measured);
        return ChildProcess.Start(order.ToArguments(), options.Pinning, Peers);
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
        system.Name, transport.ToString().ToLowerInvariant(), load.Workload, load.Concurrency, load.PayloadBytes)
    {
        Links = load.Links == 1 ? null : load.Links,
    };
}
