using AppNet;

public static class Wide
{
    [Connect]
    public static int Nine(int a, int b, int c, int d, int e, int f, int g, string h, string? i = null) => a;

    [Connect]
    public static int One(long only) => 1;
}
