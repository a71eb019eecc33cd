namespace AppNet;

/// <summary>
/// Makes an interface callable on other peers: one peer offers an implementation, <c>Net.Offer&lt;ICalc&gt;(calc)</c>, others call it by a
/// typed proxy that the generator writes, <c>peer.As&lt;ICalc&gt;()</c>.
/// </summary>
/// <remarks>Its methods return tasks. Each has the tag <c>name.Method</c>, the name being that of the interface unless it has one of its own.</remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class PeerContractAttribute : Attribute
{
    /// <summary>Makes the interface a contract under its own name, <c>namespace.type</c>.</summary>
    public PeerContractAttribute()
    {
    }

    /// <summary>Makes the interface a contract under a name that survives renames and joins two code bases.</summary>
    /// <param name="name">The name; with a dot and a method's name it is a tag, of at most 512 bytes of UTF-8.</param>
    public PeerContractAttribute(string name)
    {
        Name = name;
    }

    /// <summary>Gets the name, or null for that of the interface.</summary>
    public string? Name { get; }
}
