#:project ../../src/AppNet/AppNet.csproj
using AppNet;

// The method itself, and the overload that runs it on a peer: here, when that is null.
Console.WriteLine(Calc.MultiplyValues(5, 10));
Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: null));

public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
