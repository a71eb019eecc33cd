using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AppNet;

namespace Sample;

public static class Attributed
{
    [Connect]
    public static void Times([Optional, DateTimeConstant(42L)] DateTime time, [Optional] DateTime none)
    {
    }

    [Connect]
    public static void BeforeRequired([Optional, DefaultParameterValue(3)] int number, string text)
    {
    }

    [Connect]
    public static void Money([Optional, DecimalConstant(2, 0, 0u, 0u, 150u)] decimal amount, [Optional] string? text)
    {
    }
}
