using AppNet;

public static class Documented
{
    /// <summary>
    /// Multiplies <paramref name="a"/> by <see cref="Factor"/>
    /// &amp; rounds it.
    /// </summary>
    /// <param name="a">A number.</param>
    /// <returns>The product.</returns>
    [Connect]
    public static int Multiply(int a) => a * Factor;

    /** <summary>Adds
     * one.</summary> */
    [Connect]
    public static int AddOne(int a) => a + 1;

    // <summary>A plain comment.</summary>
    [Connect]
    public static int Plain(int a) => a;

    public const int Factor = 3;
}
