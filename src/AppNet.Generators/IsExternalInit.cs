using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks <c>init</c> accessors with; netstandard2.0 lacks it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
