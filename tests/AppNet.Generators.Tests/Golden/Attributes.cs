using System.Runtime.CompilerServices;
using AppNet;

public static class Old
{
    [Connect]
    [Obsolete("Use \"another\".", error: false)]
    public static string Say(
        string text, [CallerMemberName] string caller = "", [CallerLineNumber] int line = 0, [CallerArgumentExpression("text")] string? said = null)
        => text;

    [Connect]
    [Obsolete("Gone.", error: true)]
    public static int Gone(int value) => value;
}
