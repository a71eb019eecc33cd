using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace AppNet.Connections;

/// <summary>
/// Where the calls of a generated proxy go: to a peer, to what a peer of this process
/// offers, or back to whoever called a function with a callback. Safe for use from many threads. For
/// generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ProxyCaller
{
    /// <summary>Only the library has such.</summary>
    private protected ProxyCaller()
    {
    }

    /// <summary>Calls a function.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="definition">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    /// <returns>The function's result.</returns>
    public abstract Task<TResult> InvokeAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct;

    /// <summary>Calls a function without a result and holds the thread until it has ended, for delegates that return nothing.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <param name="definition">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "A delegate that returns nothing ends when it has run, as a local one does.")]
    public void Run<TArguments>(
        ConnectionDefinition<TArguments, NoResult> definition, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct => InvokeAsync(definition, arguments, cancellationToken).GetAwaiter().GetResult();
}
