namespace AppNet.Peers;

/// <summary>
/// The settings that one layer outside the code gives: the environment, or a configuration. Null is what it leaves open.
/// </summary>
internal sealed record NetSettings
{
    /// <summary>Gets the layer that gives nothing.</summary>
    public static NetSettings Empty { get; } = new();

    /// <summary>Gets the group; the text <c>None</c> says that there is none.</summary>
    public string? Group { get; init; }

    /// <summary>Gets whether the peer is a hub.</summary>
    public bool? IsHub { get; init; }

    /// <summary>Gets the first port.</summary>
    public int? PortStart { get; init; }

    /// <summary>Gets how many ports follow the first.</summary>
    public int? PortRange { get; init; }

    /// <summary>Gets a sixteenth of how many addresses a scan tries at once.</summary>
    public int? ThreadLimit { get; init; }

    /// <summary>Gets whether Python peers are dealt with.</summary>
    public bool? Python { get; init; }

    /// <summary>Gets the file of the key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Gets whether the network is trusted.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Gets whether debug logs are written to standard error.</summary>
    public bool? Dev { get; init; }

    /// <summary>Gets what sets further properties, by the name of the property. It is not run for one that code has set.</summary>
    public IReadOnlyDictionary<string, Action<NetOptions>> Others { get; init; } =
        new Dictionary<string, Action<NetOptions>>(StringComparer.Ordinal);

    /// <summary>Gets the name under which the layer has a setting, by the name of the property, for messages.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what could not be read, each a sentence that names the setting and its value.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
