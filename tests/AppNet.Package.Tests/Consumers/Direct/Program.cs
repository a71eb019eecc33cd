using AppNet;

Func<Peer, Task<int>> there = peer => Calc.MultiplyValues(5, 10, peer: peer);
Console.WriteLine(Calc.MultiplyValues(5, 10));
Console.WriteLine(there.Method.ReturnType == typeof(Task<int>));

public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
