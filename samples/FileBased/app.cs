#:project ../../src/AppNet/AppNet.csproj
using AppNet;

// A second peer in this process, called as one in another process is.
await using var other = new LocalPeer();
await other.StartAsync();
Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: Net.GetPeer(other.Id)));
await Net.StopAsync();

public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
