namespace AppNet.Micro;

/// <summary>What is called and raised.</summary>
internal static partial class MicroFunctions
{
    /// <summary>The tag of <see cref="Add"/>.</summary>
    public const string AddTag = "add";

    /// <summary>Adds two numbers.</summary>
    [Connect(AddTag)]
    public static int Add(int left, int right) => left + right;

    /// <summary>Says that time goes by.</summary>
    [Event("micro.tick")]
    public static partial Task Tick(int number);
}
