namespace AppNet.Architecture.Tests;

/// <summary>Folders and the arrows between them.</summary>
internal sealed class LayerTable
{
    private readonly Dictionary<string, HashSet<string>> _reach = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="floors">The folders, lowest first.</param>
    /// <exception cref="ArgumentException">A folder uses one that is not below it.</exception>
    public LayerTable(params Floor[] floors)
    {
        Floors = floors;
        foreach (var floor in floors)
        {
            var reach = new HashSet<string>(StringComparer.Ordinal);
            foreach (var below in floor.Uses)
            {
                reach.UnionWith(_reach.TryGetValue(below, out var further)
                    ? further.Append(below)
                    : throw new ArgumentException($"'{floor.Folder}' uses '{below}', which is not below it.", nameof(floors)));
            }

            _reach.Add(floor.Folder, reach);
        }
    }

    /// <summary>Gets the folders, lowest first.</summary>
    public IReadOnlyList<Floor> Floors { get; }

    /// <summary>Returns whether the table has a folder.</summary>
    /// <param name="folder">Its name.</param>
    /// <returns>True when it has.</returns>
    public bool Has(string folder) => _reach.ContainsKey(folder);

    /// <summary>Returns whether code of one folder may use code of another.</summary>
    /// <param name="from">The folder that uses.</param>
    /// <param name="to">The folder that is used.</param>
    /// <returns>True within one folder, and downward along the arrows.</returns>
    public bool Allows(string from, string to) => from == to || (_reach.TryGetValue(from, out var reach) && reach.Contains(to));

    /// <summary>Returns the rule of a folder, in words.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The rule.</returns>
    public string RuleOf(string folder) => !_reach.TryGetValue(folder, out var reach)
        ? $"there is no folder {folder} in the table"
        : reach.Count == 0
            ? $"{folder} may use no other folder"
            : $"{folder} may use only {string.Join(", ", Floors.Select(floor => floor.Folder).Where(reach.Contains))}";
}
