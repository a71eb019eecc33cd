namespace AppNet.Snippets.Settings;

public static class Starting
{
    public static async Task Start()
    {
        // <start>
        await Net.StartAsync(options =>
        {
            options.Group = "render";
            options.IsHub = true;
            options.DefaultTimeout = TimeSpan.FromSeconds(30);
            options.Info["gpu"] = "two";
        });
        // </start>
    }

    public static void Read()
    {
        // <in-force>
        NetOptions options = Net.Peer.Options;
        Console.WriteLine($"{options.PortStart}-{options.PortStart + options.PortRange}, group {options.Group ?? "None"}");
        // </in-force>
    }

    public static void Wrong()
    {
        // <wrong>
        var peer = new LocalPeer(new NetOptions { PortStart = 70000, ThreadLimit = 0 });
        try
        {
            _ = peer.StartAsync();
        }
        catch (ArgumentException exception)
        {
            Console.WriteLine(exception.Message);
        }
        // </wrong>
    }
}
