using AppNet;

public static class Outer
{
    [PeerContract("calc")]
    public interface ICalc : ICounter
    {
        /// <summary>Adds two numbers.</summary>
        Task<int> Add(int a, int b = 5, CancellationToken token = default);

        ValueTask<string?> Name(string? caller, params int[] @params);

        [Obsolete("Use Add.")]
        Task Nothing();

        static int Local(int a) => a;
    }
}

[PeerContract]
public interface ICounter
{
    ValueTask Count((int Number, string Text) caller);
}
