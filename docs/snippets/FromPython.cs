namespace AppNet.Snippets.FromPython;

public static class Reports
{
    // <bare-connect>
    [Connect]
    public static int MultiplyValues(int val1, int val2) => val1 * val2;
    // </bare-connect>
}

public static class Rows
{
    public static async Task Launch()
    {
        // <launch>
        await using var peer = new LocalPeer(new NetOptions { Group = "render" });   // listens to nobody
        await peer.StartAsync();                                                     // now it does
        // </launch>
        Console.WriteLine(peer.Group);
    }

    public static async Task Test()
    {
        // <test>
        var network = new MemoryNetwork();                                           // no port and no file is taken
        await using var peer = new LocalPeer(new NetOptions { Network = network });
        await peer.StartAsync();
        // </test>
        Console.WriteLine(peer.Group ?? "None");
    }

    public static void Id()
    {
        // <id>
        PeerId id = Net.Peer.Id;
        PeerId other = PeerId.Parse("MTkyLjE2OC4yLjI0OjMwMTAgLT4gTm9uZQ==");
        Console.WriteLine($"{other.Host} {other.Port} {other.Group ?? "None"}");
        Console.WriteLine(new PeerId(id.Host, id.Port, id.Group));                   // the base64 text of this peer
        // </id>
    }

    public static async Task FriendlyId(Peer peer)
    {
        // <friendly-id>
        PeerInfo info = await Net.InfoAsync(peer);                                   // or Net.Peer.Info
        Console.WriteLine($"{info.Group ?? "None"} {info.Host} {info.Port} {info.IsHub}");
        Console.WriteLine($"{info.Executable} {info.User}");
        // </friendly-id>
    }

    public static async Task Refused()
    {
        // <refused>
        try
        {
            await Net.GetPeer("127.0.0.1:3019").InvokeAsync("anything");
        }
        catch (NetException exception) when (exception.Error == NetError.PeerNotFound)
        {
            Console.WriteLine(exception.Outcome);                                    // HasNotRun
        }
        // </refused>
    }

    public static async Task Wait(Peer peer)
    {
        // <wait>
        Task<int> first = Reports.MultiplyValues(5, 10, peer: peer);                 // both are under way
        Task<int> second = Reports.MultiplyValues(6, 10, peer: peer);
        Console.WriteLine(await first + await second);
        // </wait>
    }

    public static async Task TimeOut(Peer peer)
    {
        // <time-out>
        try
        {
            await Reports.MultiplyValues(5, 10, peer: peer.With(timeout: TimeSpan.FromSeconds(30)));
        }
        catch (NetException exception) when (exception.Error == NetError.TimedOut)
        {
            Console.WriteLine("no answer within 30 s");
        }
        // </time-out>
    }

    public static void Configure()
    {
        // <configure>
        Net.Peer.Reconfigure(group: "render", isHub: true);
        // </configure>
    }

    public static async Task Values()
    {
        // <values>
        await Net.StartAsync(options => options.Info["gpu"] = "two");
        // </values>
    }

    public static async Task Raises(Peer peer)
    {
        // <raises>
        try
        {
            await peer.InvokeAsync("fail");
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine(((RemoteException)exception.InnerException!).RemoteStackTrace is not null);
        }
        // </raises>
    }

    public static async Task SubscribeTo(Peer peer)
    {
        // <subscribe-to>
        using var all = await Net.SubscribeAsync("my_event", (string text) => Console.WriteLine(text));
        using var group = await Net.SubscribeAsync("my_event", (string text) => Console.WriteLine(text), groups: ["group1"]);
        using var one = await Net.SubscribeAsync("my_event", (string text) => Console.WriteLine(text), from: peer);
        // </subscribe-to>
        Console.WriteLine(Net.Peer.Subscriptions.Rules.Count(rule => rule.EventName == "my_event"));
    }
}
