namespace AppNet.Architecture.Tests;

/// <summary>Holds what types use against a table of folders.</summary>
internal static class Arrows
{
    /// <summary>Finds the uses that the table does not allow.</summary>
    /// <param name="types">The types to look at, nested ones included.</param>
    /// <param name="table">The table.</param>
    /// <param name="folderOf">The folder of a type, or null when it is none of ours.</param>
    /// <returns>One sentence for each pair of types and each token that can't be resolved; empty when all is well.</returns>
    public static IReadOnlyList<string> Violations(IEnumerable<Type> types, LayerTable table, Func<Type, string?> folderOf)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            if (folderOf(type) is not { } from)
            {
                continue;
            }

            if (!table.Has(from))
            {
                found.Add($"{CodeUses.OwnerOf(type).FullName} is in folder {from}, which the table does not have.");
            }

            var uses = CodeUses.Of(type);
            found.UnionWith(uses.Unresolved);
            foreach (var used in uses.Types)
            {
                if (folderOf(used) is { } to && !table.Allows(from, to))
                {
                    found.Add($"{CodeUses.OwnerOf(type).FullName} ({from}) uses {CodeUses.OwnerOf(used).FullName} ({to}), but {table.RuleOf(from)}.");
                }
            }
        }

        return [.. found];
    }
}
