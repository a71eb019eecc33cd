using AppNet;

await using var other = new LocalPeer();
await other.StartAsync();
Peer peer = Net.GetPeer(other.Id);
Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: peer));
await Net.StopAsync();

public static class Calc
{
    [Connect] public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
