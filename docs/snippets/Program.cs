using AppNet;

foreach (var peer in await Net.GetPeersAsync())
{
    Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: peer));   // there: 50
}

Console.WriteLine(Calc.MultiplyValues(5, 10));                         // here: your method, nothing in between
await Net.RunAsync();                                                  // be a peer until Ctrl-C or SIGTERM

// <function>
public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
// </function>
