using System.Numerics;
using System.Text.Json.Serialization;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Functions that give back what they take, one for each kind of type.</summary>
internal static class Shapes
{
    private const string Prefix = "shapes.";

    public enum Colour
    {
        Red,
        Green = 5,
    }

    [Connect(Prefix + "record")]
    public static Point OfRecord(Point value) => value;

    [Connect(Prefix + "class")]
    public static Task<Box> OfClass(Box value) => Task.FromResult(value);

    [Connect(Prefix + "enum")]
    public static ValueTask<Colour> OfEnum(Colour value) => new(value);

    [Connect(Prefix + "tuple")]
    public static (int Number, string Text, Point Where) OfTuple((int Number, string Text, Point Where) value) => value;

    [Connect(Prefix + "nullable")]
    public static int? OfNullable(int? value) => value;

    [Connect(Prefix + "null")]
    public static Point? OfNull(Point? value) => value;

    [Connect(Prefix + "moment")]
    public static DateTimeOffset OfMoment(DateTimeOffset value) => value;

    [Connect(Prefix + "guid")]
    public static Guid OfGuid(Guid value) => value;

    [Connect(Prefix + "big")]
    public static BigInteger OfBig(BigInteger value) => value;

    [Connect(Prefix + "decimal")]
    public static decimal OfDecimal(decimal value) => value;

    [Connect(Prefix + "dictionary")]
    public static Dictionary<string, Point> OfDictionary(Dictionary<string, Point> value) => value;

    [Connect(Prefix + "nested")]
    public static List<Dictionary<string, int[]>> OfNested(List<Dictionary<string, int[]>> value) => value;

    [Connect(Prefix + "polymorph")]
    public static Animal[] OfPolymorph(Animal[] value) => value;

    [Connect(Prefix + "generic")]
    public static Pair<int, List<string>> OfGeneric(Pair<int, List<string>> value) => value;

    [Connect(Prefix + "bytes")]
    public static ReadOnlyMemory<byte> OfBytes(ReadOnlyMemory<byte> value) => value;

    [Connect(Prefix + "writable")]
    public static Memory<byte> OfWritable(Memory<byte> value) => value;

    [Connect(Prefix + "floats")]
    public static float[] OfFloats(float[] value) => value;

    public sealed record Point(int X, double Y);

    public sealed class Box
    {
        public string Name { get; set; } = "";

        public List<Point> Points { get; set; } = [];

        public Box? Inner { get; set; }
    }

    [JsonPolymorphic]
    [JsonDerivedType(typeof(Cat), "cat")]
    [JsonDerivedType(typeof(Dog), "dog")]
    public abstract record Animal(string Name);

    public sealed record Cat(string Name, int Lives) : Animal(Name);

    public sealed record Dog(string Name, bool Barks) : Animal(Name);

    public sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second);
}
