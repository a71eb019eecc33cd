using AppNet;
using AppNet.Integration.Tests.Neighbour;

// The process that integration tests start beside their own. What it prints is what they wait for.
switch (args)
{
    case ["serve"]:
        await Net.StartAsync();
        Console.WriteLine($"peer {Net.Peer.Id} {Net.Peer.Info.Instance}");
        await Net.RunAsync(TestInput.Ended);
        Console.WriteLine("left");
        return 0;

    case ["end"]:
        // Ends without stopping its peer.
        await Net.StartAsync();
        Console.WriteLine($"peer {Net.Peer.Id} {Net.Peer.Info.Instance}");
        await TestInput.Release;
        return 0;

    case ["call", var address]:
        await Stranger.CallAsync(address);
        return 0;

    case ["connect", var socket]:
        Stranger.Connect(socket);
        return 0;

    default:
        await Console.Error.WriteLineAsync("serve, end, call <address> or connect <socket>");
        return 1;
}
