using AppNet;

Console.WriteLine(Calc.MultiplyValues(5, 10));
Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: null));

public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
