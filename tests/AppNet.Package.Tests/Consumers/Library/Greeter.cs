using System.Runtime.CompilerServices;
using AppNet;

namespace Library;

public static class Greeter
{
    [Connect]
    public static string Greet(string name) => $"Hello {name}";

    // Printed when the module runs: the program never names this library.
    [ModuleInitializer]
    internal static void Announce() => Console.WriteLine("The module of the library has run.");
}
