namespace AppNet.Generators.Tests.Compiled;

/// <summary>A service by its interface.</summary>
public interface IShelf
{
    [Connect]
    ValueTask<string> Find(string title = "none");
}
