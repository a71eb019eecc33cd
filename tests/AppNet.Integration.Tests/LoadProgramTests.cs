using System.Text.Json;
using Xunit;

namespace AppNet.Integration.Tests;

/// <summary>The load program does what it says, for every system and workload; how quick it all is concerns no test.</summary>
public sealed class LoadProgramTests
{
    private static readonly string[] Rates =
    [
        "system", "transport", "workload", "concurrency", "payload_bytes", "calls", "seconds", "calls_per_s", "p50_us", "p99_us",
        "server_cpu_s", "client_cpu_s", "allocated_bytes_per_call",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = Neighbourhood.Patience)]
    [InlineData("W1", "tcp", "appnet,raw,http2,websocket")]
    [InlineData("W1", "tls", "raw,http2,websocket")]
    [InlineData("W2", "uds", "appnet,raw,http2,websocket")]
    [InlineData("W3", "tcp", "appnet,raw,http2,websocket")]
    [InlineData("W4", "tcp", "appnet,raw")]
    [InlineData("W4", "uds", "appnet,raw")]
    [InlineData("W4L", "tcp", "appnet,raw")]
    public async Task Each_system_gives_a_line_with_all_rates(string workload, string transport, string systems)
    {
        var lines = await RunAsync(workload, transport, systems);

        Assert.Equal(systems.Split(','), lines.Select(line => line.GetProperty("system").GetString()!));
        Assert.All(lines, line =>
        {
            Assert.Equal(Rates, line.EnumerateObject().Select(member => member.Name));
            Assert.Equal(workload, line.GetProperty("workload").GetString());
            Assert.Equal(transport, line.GetProperty("transport").GetString());
            Assert.True(line.GetProperty("calls").GetDouble() > 0);
            Assert.True(line.GetProperty("calls_per_s").GetDouble() > 0);
        });
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Calls_over_many_links_say_how_many_there_were()
    {
        var lines = await RunAsync("WL", "tcp", "appnet,raw");

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line =>
        {
            Assert.Equal([.. Rates, "links"], line.EnumerateObject().Select(member => member.Name).OrderBy(name => name == "links"));
            Assert.Equal(4, line.GetProperty("links").GetInt32());
            Assert.True(line.GetProperty("calls").GetDouble() > 0);
        });
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Idle_links_give_their_memory_and_the_time_of_a_first_call()
    {
        var lines = await RunAsync("W5", "tcp", "appnet,raw,http2,websocket");

        Assert.Equal(4, lines.Count);
        Assert.All(lines, line =>
        {
            Assert.Equal(
                ["system", "transport", "workload", "concurrency", "payload_bytes", "kb_per_link", "first_call_ms"],
                line.EnumerateObject().Select(member => member.Name));
            Assert.True(line.GetProperty("first_call_ms").GetDouble() > 0);
        });
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_system_that_is_none_is_an_error_that_names_those_there_are()
    {
        await using var here = new Neighbourhood();
        var program = here.StartProgram(Programs.Sample("AppNet.Load"), ["--systems", "pigeons", "--quick"]);

        Assert.Equal(1, await program.WaitForExitAsync(Cancelled));
        Assert.Contains("There is no system 'pigeons'; there are appnet, raw,", program.ToString(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonElement>> RunAsync(string workload, string transport, string systems)
    {
        await using var here = new Neighbourhood();
        var json = Path.Combine(here.Folder, "results.jsonl");
        var program = here.StartProgram(
            Programs.Sample("AppNet.Load"),
            [
                "--systems", systems, "--transports", transport, "--workloads", workload, "--quick",
                "--seconds", "0.1", "--warmup", "0", "--repeat", "1", "--json", json,
            ]);

        Assert.True(await program.WaitForExitAsync(Cancelled) == 0, program.ToString());
        var lines = await File.ReadAllLinesAsync(json, Cancelled);
        Assert.Equal(lines, program.Output.Where(line => line.StartsWith('{')));
        Assert.Contains(program.Output, line => line.StartsWith($"| {workload} {transport} ", StringComparison.Ordinal));
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
