namespace AppNet.Snippets.Contracts;

// <contract>
[PeerContract]
public interface ICalc
{
    Task<int> Add(int left, int right = 5, CancellationToken cancellationToken = default);

    ValueTask<string> Describe(string name);
}
// </contract>

public sealed class Calculator : ICalc
{
    public Task<int> Add(int left, int right = 5, CancellationToken cancellationToken = default) => Task.FromResult(left + right);

    public ValueTask<string> Describe(string name) => new($"{name} adds");
}

// <callback>
public static class Renderer
{
    [Connect]
    public static async Task<string> Render(int frame, Func<string, Task<string>> load, Action<double>? report = null)
    {
        string background = await load("background");     // runs where the call came from
        report?.Invoke(0.5);
        return $"frame {frame} on {background}";
    }
}
// </callback>

public static class Calls
{
    public static async Task OfferAndCall(Peer peer)
    {
        // <offer>
        using var offer = Net.Offer<ICalc>(new Calculator());      // one peer offers it, until the offer is disposed

        // </offer>
        // <call>
        ICalc calc = peer.As<ICalc>();                             // another calls it: a proxy that the generator wrote
        Console.WriteLine(await calc.Add(3, 4));
        // </call>
    }

    public static async Task CallBack(Peer peer)
    {
        // <call-back>
        string image = await Renderer.Render(
            5,
            load: name => File.ReadAllTextAsync(name),
            report: done => Console.WriteLine($"{done:P0}"),
            peer: peer);
        // </call-back>
        Console.WriteLine(image);
    }

    public static async Task ByTag(Peer peer)
    {
        // <by-tag>
        await peer.InvokeAsync<string>("Render", [5, new Func<string, Task<string>>(name => File.ReadAllTextAsync(name))]);

        var arguments = new CallArguments();
        arguments.AddContract<ICalc>(new Calculator());
        await peer.InvokeAsync("UseCalculator", arguments);
        // </by-tag>
    }
}
