namespace AppNet.Snippets.Peers;

// <basic-app>
public static class App
{
    [Connect]
    public static void ConnectedFunction(string message) => Console.WriteLine(message);
}
// </basic-app>

public static class Finding
{
    public static async Task Serve()
    {
        // <basic-serve>
        await Net.RunAsync();
        // </basic-serve>
    }

    public static async Task Basic()
    {
        // <basic-call>
        foreach (var peer in await Net.GetPeersAsync(onHost: true))
        {
            await App.ConnectedFunction($"a message for {peer}", peer: peer);
        }
        // </basic-call>
    }

    public static async Task Seven()
    {
        // <seven-ways>
        var all = await Net.GetPeersAsync();                                     // all, from the second time on from what is known
        var near = await Net.GetPeersAsync(onHost: true);                        // on this host only
        var fresh = await Net.GetPeersAsync(refresh: true);                      // all, asked anew
        var group = await Net.GetPeersAsync("group1", refresh: true);            // of one group
        var groups = await Net.GetPeersAsync(["group1", "group2"], refresh: true);
        var hubs = await Net.GetPeersAsync(hubsOnly: true, refresh: true);       // hubs, of any group
        var both = await Net.GetPeersAsync(["group1", "group2"], hubsOnly: true, refresh: true);
        // </seven-ways>
        Console.WriteLine($"{all.Count} {near.Count} {fresh.Count} {group.Count} {groups.Count} {hubs.Count} {both.Count}");
    }

    public static async Task Directory()
    {
        // <directory>
        PeerDirectory peers = await Net.GetPeersAsync();

        foreach (string group in peers.Groups)                                   // "None": the peers without a group
        {
            Console.WriteLine($"{group}: {peers[group].Count}");
        }

        Peer first = peers[0];
        Console.WriteLine(peers[first.Id].Equals(first));                        // by id
        Console.WriteLine(peers.TryGet(new PeerId("nowhere", 3010), out _));
        // </directory>
    }

    public static void Name()
    {
        // <get-peer>
        Peer byAddress = Net.GetPeer("127.0.0.1:3011");                          // touches no network
        Peer byId = Net.GetPeer("MTI3LjAuMC4xOjMwMTEgLT4gTm9uZQ==");            // base64 of "127.0.0.1:3011 -> None"
        Peer byParts = Net.GetPeer(new PeerId("127.0.0.1", 3011, group: null));
        // </get-peer>
        Console.WriteLine(byAddress.Equals(byId) && byId.Equals(byParts));
    }

    public static void Id()
    {
        // <peer-id>
        var id = new PeerId("192.168.2.24", 3010, "render");

        Console.WriteLine(id);                                                   // MTkyLjE2OC4yLjI0OjMwMTAgLT4gcmVuZGVy
        Console.WriteLine(id.ToFriendlyString());                                // 192.168.2.24:3010 -> render
        Console.WriteLine(PeerId.Parse(id.ToString()) == id);                    // True
        // </peer-id>
    }

    public static void Self()
    {
        // <self>
        LocalPeer self = Net.Peer;
        Console.WriteLine($"{self.Host} {self.Port} {self.Group ?? "None"} {self.IsHub}");
        Console.WriteLine(self.Id);                                              // the base64 text
        Console.WriteLine(self.Info);                                            // all it says of itself, in one line
        // </self>
    }

    public static void Tables()
    {
        // <tables>
        foreach (Connection connection in Net.Peer.Connections)
        {
            Console.WriteLine(connection.Signature);
        }

        Console.WriteLine(string.Join(", ", Net.Peer.Flags.Keys));
        Console.WriteLine(string.Join(", ", Net.Peer.Subscriptions));            // events that others have subscribed to here
        Console.WriteLine(string.Join(", ", Net.Peer.Subscriptions.Rules));      // what this peer has subscribed to
        // </tables>
    }

    public static async Task Watch(CancellationToken stopping)
    {
        // <watch>
        await foreach (PeerChange change in Net.WatchPeersAsync(stopping))       // first those that are there
        {
            Console.WriteLine($"{change.Kind}: {change.Info.Id.ToFriendlyString()}");
        }
        // </watch>
    }

    public static void Change()
    {
        // <reconfigure>
        Net.Peer.Reconfigure(group: "render", isHub: true, info: new Dictionary<string, string> { ["gpu"] = "two" });
        // </reconfigure>
    }

    public static async Task OfGroup()
    {
        // <get-group>
        PeerDirectory now = await Net.GetPeerGroupAsync("render");               // who is in it now
        PeerGroup render = Net.Group("render");                                  // the group, whoever will be in it
        // </get-group>
        Console.WriteLine($"{now.Count} {render}");
    }

    public static async Task CallGroup()
    {
        // <call-group>
        var render = Net.Group("render");

        int any = await render.AnyAsync((peer, ct) => Calc.MultiplyValues(5, 10, peer, ct));
        Console.WriteLine(any);

        foreach (var outcome in await render.AllAsync((peer, ct) => Calc.MultiplyValues(5, 10, peer, ct)))
        {
            Console.WriteLine(outcome.IsSuccess ? $"{outcome.Value}" : $"{outcome.Peer} failed: {outcome.Exception!.Message}");
        }
        // </call-group>
    }
}

public static class Several
{
    public static async Task Two()
    {
        // <two-peers>
        var network = new MemoryNetwork();                                       // no sockets and no files: for tests
        await using var here = new LocalPeer(new NetOptions { Network = network });
        await using var there = new LocalPeer(new NetOptions { Network = network, Group = "render" });
        await here.StartAsync();
        await there.StartAsync();

        foreach (var peer in await here.GetPeersAsync(["render"]))
        {
            Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: peer));
        }
        // </two-peers>
    }
}
