using AppNet;

public static class Sums
{
    [Connect]
    public static int Sum(params int[] values) => values.Sum();

    [Connect]
    public static int SumFrom(int start = 1, params List<int> values) => start + values.Sum();
}
