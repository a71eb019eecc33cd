using System.ComponentModel;
using AppNet.Connections;

namespace AppNet;

/// <summary>
/// What a connected function may know of the call that runs it. A parameter of this type is filled by the library; neither
/// the overload nor the wire carries it. Valid until the function ends.
/// </summary>
public sealed class CallContext
{
    internal CallContext()
    {
    }

    /// <summary>Returns the context of a running call. For generated code.</summary>
    /// <param name="invocation">The running call.</param>
    /// <returns>The context.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CallContext Of(Invocation invocation) => throw new InvalidOperationException(nameof(invocation));
}
