namespace AppNet.Snippets.Events;

public sealed record Image(int Width, string Path);

// <event>
public static partial class Camera
{
    [Event("frame_ready")]                                                       // calling it publishes
    public static partial Task FrameReady(int frame, string path);
}
// </event>

// <subscribe>
public static class Viewer
{
    [Subscribe("frame_ready")]                                                   // every peer, now and later
    public static void OnFrame(int frame, string path) => Console.WriteLine($"{frame} {path}");
}
// </subscribe>

// <hook>
public static partial class Shop
{
    [Event("image_ready", Prepare = nameof(Shape))]                              // takes the event's parameters
    public static partial Task ImageReady(Image image);

    [Event("name_changed", Prepare = nameof(Clean))]                             // or changes its arguments in place
    public static partial Task NameChanged(string name, int id);

    private static EventArguments Shape(Image image) => new(image.Width) { ["path"] = image.Path };

    private static EventArguments Clean(EventArguments args)
    {
        args[0] = ((string)args[0]!).Trim();
        return args;
    }
}
// </hook>

// <which-peers>
public static class Watcher
{
    [Subscribe("done", Groups = ["group1"])]                                     // peers of a group
    public static void OnDoneInGroup(int job) => Console.WriteLine($"{job} in group1");

    [Subscribe("done", HubsOnly = true, OnHost = true)]                          // hubs on this host
    public static void OnDoneAtHub(int job) => Console.WriteLine($"{job} at a hub");

    [Subscribe("done", Peers = ["127.0.0.1:3011"])]                              // one peer, by address or id
    public static void OnDoneThere(int job) => Console.WriteLine($"{job} there");
}
// </which-peers>

// <context>
public static class Counter
{
    [Subscribe("counted")]
    public static void OnCounted(int value, EventContext context)
    {
        if (context.Missed > 0)
        {
            Console.WriteLine($"missed {context.Missed} of {context.Publisher}");
        }

        Console.WriteLine($"{context.Number}: {value}");
    }
}
// </context>

// <policy>
public static partial class Ledger
{
    [Event("booked", WhenFull = EventQueueFull.Wait)]                            // the raiser waits for slow subscribers
    public static partial Task Booked(int number);
}
// </policy>

// <frame>
public sealed record Frame(int Number, string Path);
// </frame>

public static class Using
{
    public static async Task Loop()
    {
        // <loop>
        for (var frame = 1; frame <= 3; frame++)
        {
            await Camera.FrameReady(frame, $"{frame}.png");
        }
        // </loop>
    }

    public static async Task Stream(Peer peer, int count)
    {
        // <stream>
        await foreach (EventItem<Frame> item in Net.SubscribeAsync<Frame>("frame_ready", from: peer))
        {
            Console.WriteLine($"{item.Value.Number} {item.Value.Path}, {item.Missed} missed");
            if (item.Value.Number == count)
            {
                break;                                                           // ends the subscription
            }
        }
        // </stream>
    }

    public static async Task Handlers(Peer peer)
    {
        // <handlers>
        using Subscription all = await Net.SubscribeAsync("tick", (int number) => Console.WriteLine($"all: {number}"));
        using Subscription group = await Net.SubscribeAsync("tick", (int number) => Console.WriteLine($"group: {number}"), groups: ["group1"]);
        using Subscription one = await Net.SubscribeAsync("tick", (int number) => Console.WriteLine($"one: {number}"), from: peer);
        using Subscription several = await Net.SubscribeAsync("tick", (int number) => Console.WriteLine($"several: {number}"), from: await Net.GetPeersAsync());
        // </handlers>
        _ = await Net.ConnectionsAsync(peer);
        await Ready.Task;
    }

    internal static TaskCompletionSource Ready { get; set; } = new();

    public static async Task ByName()
    {
        // <raise>
        await Net.RaiseAsync("frame_ready", new EventArguments(7) { ["path"] = "7.png" });

        Event<int> tick = Net.Event<int>("tick");                                // one argument, made once and kept
        await tick.RaiseAsync(1);
        // </raise>
    }

    public static void Look()
    {
        // <look>
        foreach (string name in Net.Peer.Subscriptions)
        {
            Console.WriteLine($"{name}: {string.Join(", ", Net.Peer.Subscriptions[name])}");
        }

        foreach (Subscription rule in Net.Peer.Subscriptions.Rules)
        {
            Console.WriteLine($"{rule.EventName}: {rule.Handled} handled, {rule.Missed} missed, {rule.Failed} failed");
        }
        // </look>
    }
}
