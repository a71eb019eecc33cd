using System.Diagnostics.CodeAnalysis;

namespace AppNet;

/// <summary>
/// Makes a method the handler of an event: it runs for each such event of the peers that match, those that come later and those that come
/// back included, one event at a time. By default every other peer of every group matches. A method may have several.
/// </summary>
/// <param name="name">The event's name: 1 to 512 bytes of UTF-8.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
[SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Attributes have no other lists.")]
public sealed class SubscribeAttribute(string name) : Attribute
{
    /// <summary>Gets the event's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets or sets the groups whose peers match; null, the default: every group and those without. <c>None</c> names those without.</summary>
    public string[]? Groups { get; set; }

    /// <summary>Gets or sets whether only hubs match. The default value is false.</summary>
    public bool HubsOnly { get; set; }

    /// <summary>Gets or sets whether only peers on this host match. The default value is false.</summary>
    public bool OnHost { get; set; }

    /// <summary>
    /// Gets or sets the only peers that match, each as <c>host[:port]</c> or the base64 form of its id; null, the default: any. This peer
    /// itself matches only when it is named here.
    /// </summary>
    public string[]? Peers { get; set; }
}
