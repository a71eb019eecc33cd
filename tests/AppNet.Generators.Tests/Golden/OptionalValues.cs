using AppNet;

namespace Sample;

public enum Mood : sbyte
{
    Good = 1,
    Bad = -1,
}

public static class Defaults
{
    [Connect]
    public static void Numbers(
        byte b = 1, sbyte sb = -2, short s = -3, ushort us = 4, uint ui = 5, long l = long.MinValue, ulong ul = ulong.MaxValue,
        float f = 0.1f, double d = 1e300, decimal m = 1.50m, float nan = float.NaN, double infinity = double.NegativeInfinity)
    {
    }

    [Connect]
    public static void Texts(string text = "a \"quoted\"\n\\ line", char quote = '\'', char zero = '\0', string? none = null)
    {
    }

    [Connect]
    public static void Others(
        Mood mood = Mood.Bad, Mood odd = (Mood)77, Mood? perhaps = Mood.Good, Mood? noMood = null, int? number = 3, int? none = null,
        bool yes = true, DateTime time = default, CancellationToken token = default)
    {
    }
}
