using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>The result of a function that has none. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NoResult;
