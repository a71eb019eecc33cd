using AppNet;

namespace Headlines;

/// <summary>The same file in the hub and in those who listen to it.</summary>
internal static partial class News
{
    /// <summary>Publishes a line: every peer that has subscribed gets it, wherever it runs.</summary>
    [Event("headline", Prepare = nameof(Tidy))]
    public static partial Task Headline(string line);

    /// <summary>Prints a line of any hub, of those too that start later.</summary>
    [Subscribe("headline", HubsOnly = true)]
    public static void OnHeadline(string line, EventContext context) =>
        Console.WriteLine($"{context.Number}: {line}{(context.Missed > 0 ? $"   ({context.Missed} before it were missed)" : "")}");

    /// <summary>Looks at what is published before it leaves; what it throws would reach whoever publishes.</summary>
    private static EventArguments Tidy(EventArguments arguments)
    {
        arguments[0] = ((string)arguments[0]!).Trim();
        return arguments;
    }
}
