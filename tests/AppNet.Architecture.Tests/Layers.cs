namespace AppNet.Architecture.Tests;

/// <summary>The table of docs/architecture.md as data: which folder of src/AppNet may use which, always downward.</summary>
internal static class Layers
{
    /// <summary>The folders, each below those that may use it.</summary>
    public static readonly LayerTable Table = new(
        new Floor("Vocabulary"),
        new Floor("Diagnostics", "Vocabulary"),
        new Floor("Wire", "Diagnostics", "Vocabulary"),
        new Floor("Transport", "Diagnostics", "Vocabulary"),
        new Floor("Security", "Transport"),
        new Floor("Links", "Wire", "Transport"),
        new Floor("Connections", "Wire"),
        new Floor("Calls", "Links", "Connections"),
        new Floor("Events", "Links", "Connections"),
        new Floor("Discovery", "Links", "Security"),
        new Floor("Python", "Calls", "Events", "Discovery"),
        new Floor("Peers", "Python"),
        new Floor("Facade", "Peers"),
        new Floor("Hosting", "Facade"));

    /// <summary>
    /// What users type is in namespace AppNet, whatever its folder: all of Vocabulary, and these. Compiled code knows no
    /// folders, so they are listed; a test holds the list against the source tree.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> TypedByUsers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MemoryNetwork"] = "Transport",
        ["Invitation"] = "Security",
        ["Peer"] = "Links",
        ["CallArguments"] = "Connections",
        ["Connection"] = "Connections",
        ["CallContext"] = "Calls",
        ["FlagContext"] = "Calls",
        ["KnownExceptions"] = "Calls",
        ["PeerCalls"] = "Calls",
        ["PeerContracts"] = "Calls",
        ["EventArguments"] = "Events",
        ["EventContext"] = "Events",
        ["Event"] = "Events",
        ["EventItem"] = "Events",
        ["Subscription"] = "Events",
        ["Subscriptions"] = "Events",
        ["DirectoryEntry"] = "Discovery",
        ["IPeerDirectory"] = "Discovery",
        ["PeerChange"] = "Discovery",
        ["PeerChangeKind"] = "Discovery",
        ["PeerQuery"] = "Discovery",
        ["LocalPeer"] = "Peers",
        ["LocalPeerEvents"] = "Peers",
        ["NetOptions"] = "Peers",
        ["PeerDirectory"] = "Peers",
        ["PeerGroup"] = "Peers",
        ["PeerOutcome"] = "Peers",
        ["PeerDefaults"] = "Peers",
        ["ConnectionDescription"] = "Peers",
        ["ParameterDescription"] = "Peers",
        ["TypedFunctions"] = "Peers",
        ["Net"] = "Facade",
        ["AppNetHosting"] = "Hosting",
        ["PeerHealthCheck"] = "Hosting",
    };

    /// <summary>Returns the folder that a type of the library is in.</summary>
    /// <param name="type">The type; a nested one is where its outermost owner is.</param>
    /// <returns>The folder, or null for what no folder holds: another library's types, and what the compiler makes.</returns>
    public static string? FolderOf(Type type)
    {
        var owner = CodeUses.OwnerOf(type);
        if (owner.Assembly != Sources.Library || CodeUses.IsGenerated(owner))
        {
            return null;
        }

        var name = owner.Name.Split('`')[0];
        return owner.Namespace switch
        {
            "AppNet" => TypedByUsers.GetValueOrDefault(name, "Vocabulary"),
            { } space when space.StartsWith("AppNet.", StringComparison.Ordinal) => space.Split('.')[1],
            _ => "(none)",
        };
    }
}
