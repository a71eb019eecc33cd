using AppNet;

public static class Calc
{
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;

    [Connect("MyTaggedFunction")]
    public static string Greet(string name) => $"Hello {name}";

    [Connect]
    public static void Nothing()
    {
    }
}
