namespace AppNet.Architecture.Tests;

/// <summary>The rules for log methods.</summary>
internal static class LogRules
{
    /// <summary>How many ids a folder has.</summary>
    public const int BlockSize = 100;

    /// <summary>Holds log methods against the rules.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="blocks">Where each folder's ids begin.</param>
    /// <param name="retired">Ids that must not be used again.</param>
    /// <returns>One sentence for each fault; empty when all is well.</returns>
    public static IReadOnlyList<string> Violations(
        IReadOnlyCollection<LogMethod> methods, IReadOnlyDictionary<string, int> blocks, IReadOnlyCollection<int> retired) =>
    [
        .. methods.SelectMany(method => FaultsOf(method, blocks, retired)),
        .. Doubled(methods, method => method.Id).Select(names => $"{names} have the same event id."),
        .. Doubled(methods, method => method.EventName).Select(names => $"{names} have the same event name."),
    ];

    private static IEnumerable<string> FaultsOf(LogMethod method, IReadOnlyDictionary<string, int> blocks, IReadOnlyCollection<int> retired)
    {
        if (!method.IsInLog)
        {
            yield return $"{method.Name} is not in the internal static partial class Log of its folder.";
        }

        if (!blocks.TryGetValue(method.Folder, out var block))
        {
            yield return $"{method.Name}: EventIds has no block for folder {method.Folder}.";
        }
        else if (method.Id < block || method.Id >= block + BlockSize)
        {
            yield return $"{method.Name}: id {method.Id} is outside {method.Folder}'s block, {block} to {block + BlockSize - 1}.";
        }

        if (retired.Contains(method.Id))
        {
            yield return $"{method.Name}: id {method.Id} is retired.";
        }

        if (string.IsNullOrWhiteSpace(method.Message))
        {
            yield return $"{method.Name} has no message.";
        }
    }

    private static IEnumerable<string> Doubled<TKey>(IEnumerable<LogMethod> methods, Func<LogMethod, TKey> key) => methods
        .GroupBy(key)
        .Where(same => same.Count() > 1)
        .Select(same => string.Join(" and ", same.Select(method => method.Name)));
}
