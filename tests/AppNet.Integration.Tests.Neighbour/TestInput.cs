namespace AppNet.Integration.Tests.Neighbour;

/// <summary>What the test tells this process through its standard input, which ends with the test at the latest.</summary>
internal static class TestInput
{
    private static readonly CancellationTokenSource End = new();
    private static readonly TaskCompletionSource Released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static TestInput()
    {
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>Gets the token that ends with the input.</summary>
    public static CancellationToken Ended => End.Token;

    /// <summary>Gets a task that ends with the line <c>release</c>.</summary>
    public static Task Release => Released.Task;

    private static void Read()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line == "release")
            {
                Released.TrySetResult();
            }
        }

        End.Cancel();
    }
}
