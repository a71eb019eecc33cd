using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>
/// One connected function as generated code describes it: what it is called, what it takes, and how to run it. For
/// generated code; not to be used directly.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectionDefinition
{
    /// <summary>Describes a function.</summary>
    /// <param name="tag">The tag under which peers find it.</param>
    /// <param name="name">Its default name, <c>namespace.type.method</c>.</param>
    /// <param name="parameters">The parameters that the wire carries, in order.</param>
    /// <param name="resultType">The type of the result, without the task around it; <see cref="void"/> for none.</param>
    protected ConnectionDefinition(string tag, string name, IReadOnlyList<ConnectionParameter> parameters, Type resultType)
    {
        Tag = tag;
        Name = name;
        Parameters = parameters;
        ResultType = resultType;
    }

    /// <summary>Gets the tag under which peers find the function.</summary>
    public string Tag { get; }

    /// <summary>Gets the default name, <c>namespace.type.method</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the parameters that the wire carries, in order.</summary>
    public IReadOnlyList<ConnectionParameter> Parameters { get; }

    /// <summary>Gets the type of the result, without the task around it; <see cref="void"/> for none.</summary>
    public Type ResultType { get; }

    /// <summary>Gets a one-line summary from the function's documentation, or null.</summary>
    public virtual string? Summary => null;

    /// <summary>
    /// Gets whether the function takes a <see cref="CancellationToken"/> or a context, so that it must be found when the
    /// caller cancels.
    /// </summary>
    public virtual bool IsCancellable => false;

    /// <summary>Gets the groups whose peers may call the function; empty: all may.</summary>
    public virtual IReadOnlyList<string> Groups => [];

    /// <summary>Gets whether this process has the function; a stub for a function that only other peers have does not.</summary>
    public virtual bool IsImplemented => true;

    /// <summary>Gets whether the function takes whatever arguments come, unread: its reader is not asked for values.</summary>
    internal virtual bool TakesAnyArguments => false;

    /// <summary>Gets the name and the parameters, for messages: <c>Calc.MultiplyValues(int val1, int val2 = 5)</c>.</summary>
    internal string Signature => field ??= SignatureText.Of(this);

    /// <summary>
    /// Reads the arguments, tells <paramref name="invocation"/> that they are read by <see cref="Invocation.Begin"/>, runs the
    /// function and hands its result to one of the <c>Return</c> methods. What is thrown before <c>Begin</c> is a fault of the
    /// arguments, after it one of the function. The arguments' memory is valid only until this method returns.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="invocation">The running call.</param>
    public abstract void Invoke(ref ArgumentReader arguments, Invocation invocation);

    /// <summary>Gets or sets what calls of this function keep from one to the next. Belongs to the calls' floor.</summary>
    internal object? CallTarget { get; set; }
}
