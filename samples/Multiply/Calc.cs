using AppNet;

namespace Multiply;

/// <summary>The same file in every peer.</summary>
internal static class Calc
{
    /// <summary>Multiplies two values.</summary>
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
