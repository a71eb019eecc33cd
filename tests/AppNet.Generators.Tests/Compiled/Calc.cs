using System.Runtime.CompilerServices;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Functions that the compiler of the SDK builds with the generator, as in a user's project.</summary>
public static partial class Calc
{
    /// <summary>Multiplies two values.</summary>
    [Connect]
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;

    [Connect("MyTaggedFunction")]
    public static string Greet(string name) => $"Hello {name}";

    [Connect]
    public static async Task<int> Slowly(int value, CancellationToken ct = default)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        return value;
    }

    [Connect]
    public static ValueTask Quietly(double value) => double.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(value)) : default;

    [Connect]
    public static int Sum(params int[] values) => values.Sum();

    [Connect]
    public static string Caller([CallerMemberName] string caller = "") => caller;

    [Connect]
    internal static Sample Move(Sample sample, CallContext context) => sample with { X = sample.X + 1 };

    [Connect("Render")]
    public static partial Task<string> Render(int frame, Peer peer, CancellationToken cancellationToken = default);

    internal readonly record struct Sample(int X, List<(int Number, string Text)> Pairs);
}
