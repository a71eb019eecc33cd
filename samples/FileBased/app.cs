#:project ../../src/AppNet/AppNet.csproj
using AppNet;

// Here it is the method itself; with `peer: peer` it runs on that peer.
int product = Calc.MultiplyValues(5, 10);
Console.WriteLine(product);

public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
