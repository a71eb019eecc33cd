using AppNet;

namespace Sample;

public static class Texts
{
    [Connect]
    public static string Twice(this string text) => text + text;
}

public ref struct Ref
{
    [Connect]
    public static int Size() => 8;
}
