namespace AppNet.Generators.Tests.Library;

/// <summary>A function of a library that no code of the tests names, so that nothing but the generator runs its module.</summary>
public static class Untouched
{
    [Connect]
    public static int Half(int value) => value / 2;
}
