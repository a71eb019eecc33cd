using System.Diagnostics;
using System.Globalization;
using AppNet;
using Lost;

// What becomes of a call when the process that runs its function is killed or frozen.
args = args is [] ? ["kill"] : args;
if (args is not ["kill" or "freeze" or "serve"])
{
    await Console.Error.WriteLineAsync("Usage: dotnet run --project samples/Lost -- kill|freeze");
    return 2;
}

if (args is ["serve"])
{
    // The second process: a peer until the first one closes its input.
    var leave = new CancellationTokenSource();
    new Thread(() =>
    {
        _ = Console.In.ReadToEnd();
        leave.Cancel();
    })
    { IsBackground = true }.Start();
    await Net.RunAsync(leave.Token);
    return 0;
}

await using var second = await SecondProcess.StartAsync();
Console.WriteLine($"Process {second.Id} is the peer {second.Peer}.");

var call = Waiting.NeverEnds(peer: second.Peer);
await await Task.WhenAny(call, Waiting.Begun);
Console.WriteLine("A function runs there that never ends.");

var began = Stopwatch.GetTimestamp();
await (args is ["kill"] ? second.KillAsync() : second.FreezeAsync());
Console.WriteLine(args is ["kill"] ? "The process is killed (SIGKILL)." : "The process is frozen (SIGSTOP): its sockets stay open, nothing in it moves.");

try
{
    await call;
    Console.WriteLine("The call has ended as though nothing had happened.");
    return 1;
}
catch (NetException exception)
{
    var time = Stopwatch.GetElapsedTime(began).TotalSeconds;
    Console.WriteLine();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The call ended after {time:0.000} s:"));
    Console.WriteLine($"  error     {exception.Error}");
    Console.WriteLine($"  message   {exception.Message}");
    Console.WriteLine($"  function  {exception.Outcome}");
    Console.WriteLine($"  in time   {(time <= 2 ? "yes, within 2 s" : "no: it took longer than the 2 s that are promised on one host")}");
    return exception.Error == NetError.PeerLost ? 0 : 1;
}
finally
{
    await Net.StopAsync();
}
