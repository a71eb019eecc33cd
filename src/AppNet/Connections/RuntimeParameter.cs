namespace AppNet.Connections;

/// <summary>
/// A kind of parameter that the library fills, so that no argument travels for it. The floors above bring theirs along, as the
/// types of such parameters are not known down here; <see cref="CancellationToken"/> is built in.
/// </summary>
/// <param name="Type">The parameter's type.</param>
/// <param name="Fill">Returns the parameter's value for a running call.</param>
internal sealed record RuntimeParameter(Type Type, Func<Invocation, object?> Fill)
{
    /// <summary>Gets the one that every function may have.</summary>
    public static RuntimeParameter CancellationToken { get; } =
        new(typeof(CancellationToken), static invocation => invocation.CancellationToken);
}
