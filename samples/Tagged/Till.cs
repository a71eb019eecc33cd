using AppNet;

namespace Shop;

/// <summary>The functions as version 1 of the app has them.</summary>
internal static class Till
{
    /// <summary>Known by its tag, which is no part of the code: it may be renamed.</summary>
    [Connect("shop.greet")]
    public static string Greet(string name) => $"Hello {name}";

    /// <summary>Known as <c>Shop.Till.Farewell</c>, the name that it has in the code.</summary>
    [Connect]
    public static string Farewell(string name) => $"Goodbye {name}";
}
