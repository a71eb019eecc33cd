using AppNet;

namespace Shop;

/// <summary>The functions as version 2 of the app has them: moved, renamed, and one of them with a parameter more.</summary>
internal static class CheckOut
{
    /// <summary>The tag is the old one, so version 1 still finds it, and finds it in version 1.</summary>
    [Connect("shop.greet")]
    public static string Welcome(string name, string title = "dear") => $"Welcome, {title} {name}";

    /// <summary>Known as <c>Shop.CheckOut.Farewell</c> now: who asks for <c>Shop.Till.Farewell</c> finds nothing.</summary>
    [Connect]
    public static string Farewell(string name) => $"See you, {name}";
}
