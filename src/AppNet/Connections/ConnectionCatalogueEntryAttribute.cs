using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>
/// Marks an assembly whose module initializer adds functions to the catalogue. The module of an assembly runs only when one of
/// its types is used, so assemblies that reference this one run it from their own. For generated code.
/// </summary>
/// <param name="type">A public type of the assembly.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConnectionCatalogueEntryAttribute(Type type) : Attribute
{
    /// <summary>Gets a public type of the assembly.</summary>
    public Type Type { get; } = type;
}
