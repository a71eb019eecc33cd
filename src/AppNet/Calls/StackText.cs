namespace AppNet.Calls;

/// <summary>Stack traces as they travel: with the names of source files, without the folders they were built in.</summary>
internal static class StackText
{
    private const string BeforeFile = ") in ";
    private const string AfterFile = ":line ";

    /// <summary>Leaves the folders out.</summary>
    /// <param name="stack">A stack trace of the runtime's, or any text.</param>
    /// <returns>The text, in which <c>in /home/ann/app/Calc.cs:line 5</c> has become <c>in Calc.cs:line 5</c>.</returns>
    public static string WithoutFolders(string stack) =>
        stack.Contains(BeforeFile, StringComparison.Ordinal)
            ? string.Join('\n', stack.Split('\n').Select(WithoutFolder))
            : stack;

    private static string WithoutFolder(string line)
    {
        var file = line.IndexOf(BeforeFile, StringComparison.Ordinal);
        var end = line.LastIndexOf(AfterFile, StringComparison.Ordinal);
        if (file < 0 || end < file)
        {
            return line;
        }

        file += BeforeFile.Length;
        var folder = line.AsSpan(file, end - file).LastIndexOfAny('/', '\\');
        return folder < 0 ? line : string.Concat(line.AsSpan(0, file), line.AsSpan(file + folder + 1));
    }
}
