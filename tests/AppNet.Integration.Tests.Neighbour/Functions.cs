namespace AppNet.Integration.Tests.Neighbour;

/// <summary>What the tests call over there.</summary>
public static class Functions
{
    private static readonly Lock Gate = new();
    private static readonly TaskCompletionSource AllHere = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by Gate.
    private static int _here;

    [Connect]
    public static int Multiply(int val1, int val2 = 5) => val1 * val2;

    [Connect]
    public static int ProcessId() => Environment.ProcessId;

    [Connect]
    public static async Task Never(CancellationToken cancellationToken)
    {
        Console.WriteLine("under way");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>Goes on when the test says so to this process.</summary>
    [Connect]
    public static async Task<string> UntilReleased(string word)
    {
        Console.WriteLine("under way");
        await TestInput.Release;
        return word;
    }

    /// <summary>Answers when as many calls are here at once as were announced.</summary>
    [Connect]
    public static async Task<int> Gather(int expected, int value)
    {
        lock (Gate)
        {
            if (++_here == expected)
            {
                AllHere.SetResult();
            }
        }

        await AllHere.Task;
        return value;
    }

    [Connect]
    public static Place Move(Place place, int by = 1, string? name = null, params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new Place(name ?? place.Name, place.X + by, [.. place.Tags, .. tags]);
    }

    [Connect]
    public static void Fail(string message) =>
        throw new InvalidOperationException(message, new InvalidDataException("the reason"));

    [Connect]
    public static void FailOddly(string message) => throw new OddException(message);
}
