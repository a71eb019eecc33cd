namespace AppNet;

/// <summary>
/// Makes a method callable on other peers. The method itself stays what it is; the generator adds an overload that takes
/// the peer to run it on.
/// </summary>
/// <remarks>
/// The tag is the name under which peers find the function. Without one of its own it is
/// <c>namespace.type.method</c>; a tag of your own survives renames and joins two code bases.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ConnectAttribute : Attribute
{
    /// <summary>Connects the method under its default tag, <c>namespace.type.method</c>.</summary>
    public ConnectAttribute()
    {
    }

    /// <summary>Connects the method under a tag of your own.</summary>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    public ConnectAttribute(string tag)
    {
        Tag = tag;
    }

    /// <summary>Gets the tag, or null for the default one.</summary>
    public string? Tag { get; }

    /// <summary>
    /// Gets or sets the groups whose peers may call the function; <c>None</c> stands for those without a group. Default: none, which
    /// means every peer.
    /// </summary>
    /// <remarks>
    /// A guard rail among peers that trust each other, no wall: its group is what a peer says of itself. <c>NetOptions.Authorize</c>
    /// can decide by anything else.
    /// </remarks>
    public string[]? Groups { get; set; }
}
