using AppNet;

namespace Sample;

public static class Answers
{
    [Flag("BUSY")]
    public static object? OnBusy(FlagContext context) => context.Name;

    [Flag("NULL")]
    internal static int OnNull() => 0;

    [Flag("say \"it\"")]
    public static void OnQuoted(FlagContext context)
    {
    }

    [Flag("OLD")]
    [Obsolete("Use another.", error: true)]
    public static string OnOld(FlagContext context) => "old";

    public static class @event
    {
        [Flag("OVERLOADED")]
        public static int? @switch(FlagContext context) => null;

        public static int @switch(int value) => value;
    }
}
