using AppNet;
using Shop;

// Version 1 of the app, which calls version 2: a function with a tag of its own is found under any name, one without is not.
if (args is ["serve"])
{
    Console.WriteLine("Version 1 serves until Ctrl-C.");
    await Net.RunAsync();
    return 0;
}

await using var version2 = await Version2.StartAsync();
var peer = version2.Peer;
Console.WriteLine($"Version 2 of the app is {peer}.");
Console.WriteLine();

Console.WriteLine("Greet, known by the tag 'shop.greet', is called Welcome there:");
Console.WriteLine($"  here:  {Till.Greet("Ann")}");
Console.WriteLine($"  there: {await Till.Greet("Ann", peer: peer)}");
Console.WriteLine();

Console.WriteLine("Farewell, known by its name in the code, has moved there:");
Console.WriteLine($"  here:  {Till.Farewell("Ann")}");
try
{
    Console.WriteLine($"  there: {await Till.Farewell("Ann", peer: peer)}");
    return 1;
}
catch (NetException exception) when (exception.Error == NetError.NoSuchConnection)
{
    Console.WriteLine($"  there: {exception.Error}, {exception.Outcome}: {exception.Message}");
}

await Net.StopAsync();
return 0;
