namespace AppNet.Architecture.Tests.Fixtures.Above;

internal class Roof
{
    public int Height = 3;

    public static Roof Build() => new();

    public static T Cover<T>() => default!;
}

internal interface IRoof;

internal sealed class RoofException : Exception;

internal sealed class RoofAttribute : Attribute
{
    public Type? Kind { get; set; }
}

internal enum RoofKind
{
    Flat,
}

internal struct Tile
{
    public int Color { get; set; }
}
