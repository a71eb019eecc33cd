using System.Diagnostics;
using System.Globalization;
using AppNet;
using Multiply;

if (args is ["serve", ..])
{
    if (args.Contains("--until-input-ends"))
    {
        // The second process, whose output is that of the first.
        await Net.RunAsync(EndOfInput());
        return 0;
    }

    Console.WriteLine("Serving Calc.MultiplyValues until Ctrl-C.");
    await Net.RunAsync();
    return 0;
}

if (args.Length > 0)
{
    await Console.Error.WriteLineAsync($"Unknown argument '{args[0]}'. Usage: Multiply [serve]");
    return 2;
}

await using (await SecondPeer.StartAsync())
{
    var peers = await Net.GetPeersAsync();
    Console.WriteLine($"{"peer",-32}{"process",10}  {"machine",-20}{"runtime",-16}");
    foreach (var peer in peers)
    {
        Console.WriteLine($"{peer,-32}{peer.Info!.ProcessId,10}  {peer.Info.Machine,-20}{peer.Info.Runtime,-16}");
    }

    Console.WriteLine();
    foreach (var peer in peers)
    {
        // The first call brings up the link; the second shows what a call costs.
        await Show($"{peer}, first", () => Calc.MultiplyValues(5, 10, peer: peer));
        await Show($"{peer}, again", () => Calc.MultiplyValues(5, 10, peer: peer));
    }

    await Show("here", () => Task.FromResult(Calc.MultiplyValues(5, 10)));
}

await Net.StopAsync();
return 0;

static async Task Show(string where, Func<Task<int>> call)
{
    var began = Stopwatch.GetTimestamp();
    var product = await call();
    var time = Stopwatch.GetElapsedTime(began);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"5 * 10 = {product}   {where}, {time.TotalMilliseconds:0.000} ms"));
}

static CancellationToken EndOfInput()
{
    var ended = new CancellationTokenSource();
    new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        ended.Cancel();
    })
    { IsBackground = true }.Start();
    return ended.Token;
}
