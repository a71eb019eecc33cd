namespace AppNet.Architecture.Tests.Fixtures.Neutral;

internal static class Sink
{
    private static int _taken;

    public static void Take(int value) => _taken += value;

    public static int Count<T>(ref T value)
        where T : struct => value.GetHashCode() + _taken;

    public static T Something<T>() => default!;
}

internal sealed class LabelAttribute : Attribute
{
    public Type? Kind { get; set; }
}
