namespace AppNet.Generators.Tests.Compiled;

/// <summary>Handlers of flags.</summary>
internal static class Answers
{
    [Flag("COMPILED")]
    public static string OnCompiled(FlagContext context) => $"{context.Name} of {context.Connection}";

    [Flag("COMPILED_NUMBER")]
    internal static int OnNumber() => 7;

    [Flag("COMPILED_NOTHING")]
    internal static void OnNothing(FlagContext context) => ArgumentNullException.ThrowIfNull(context);
}
