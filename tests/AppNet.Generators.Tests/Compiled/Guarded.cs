namespace AppNet.Generators.Tests.Compiled;

/// <summary>A function that is for some groups only.</summary>
public static class Guarded
{
    [Connect("compiled.guarded", Groups = ["ops", "None"])]
    public static int Restart() => 1;

    [Connect("compiled.guarded.by_ops", Groups = ["ops"])]
    public static int Stop() => 2;
}
