using AppNet;

namespace Sample;

public enum Colour
{
    Red,
}

public sealed record Image(int Width, string Path);

public static class Values
{
    [Connect]
    public static Guid Simple(bool a, char b, DateTime c, DateTimeOffset d, DateOnly e, TimeOnly f, TimeSpan g, Uri h) => default;

    [Connect]
    public static ReadOnlyMemory<byte> Binary(byte[] bytes, ReadOnlyMemory<byte> memory, System.Numerics.BigInteger big) => memory;

    [Connect]
    public static List<int?> Composed(int[][] rows, Colour? colour, List<string?> names, Colour[] colours) => [];

    [Connect]
    public static Image? ThroughJson(
        Image image, List<(int Number, string Text)> pairs, Dictionary<string, List<int>> map, int[,] grid, dynamic any, object other)
        => image;
}
