using AppNet;
using Shop;

// Version 2 of the app. Version 1 is in the folder above.
if (args is ["serve", ..])
{
    Console.WriteLine("Version 2 serves until Ctrl-C.");
    await Net.RunAsync(args.Contains("--until-input-ends") ? EndOfInput() : default);
    return;
}

foreach (var peer in await Net.GetPeersAsync())
{
    // Without the second argument: at its default it is left out for who does not know it.
    Console.WriteLine($"shop.greet of {peer}: {await CheckOut.Welcome("Ann", peer: peer)}");
}

Console.WriteLine($"shop.greet here: {CheckOut.Welcome("Ann")}");
await Net.StopAsync();

static CancellationToken EndOfInput()
{
    var ended = new CancellationTokenSource();
    new Thread(() =>
    {
        _ = Console.In.ReadToEnd();
        ended.Cancel();
    })
    { IsBackground = true }.Start();
    return ended.Token;
}
