using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>A connected function whose arguments and result have types known when it was compiled. For generated code.</summary>
/// <typeparam name="TArguments">The arguments together: a <see cref="ValueTuple"/>.</typeparam>
/// <typeparam name="TResult">The result; <see cref="NoResult"/> for none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectionDefinition<TArguments, TResult> : ConnectionDefinition
    where TArguments : struct
{
    /// <summary>Describes a function.</summary>
    /// <param name="tag">The tag under which peers find it.</param>
    /// <param name="name">Its default name, <c>namespace.type.method</c>.</param>
    /// <param name="parameters">The parameters that the wire carries, in order.</param>
    /// <param name="resultType">The type of the result, without the task around it; <see cref="void"/> for none.</param>
    protected ConnectionDefinition(string tag, string name, IReadOnlyList<ConnectionParameter> parameters, Type resultType)
        : base(tag, name, parameters, resultType)
    {
    }

    /// <summary>Gets how the result is written and read.</summary>
    public abstract ValueCodec<TResult> ResultCodec { get; }

    /// <summary>Writes all arguments, in the order of the parameters.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="arguments">The arguments.</param>
    public abstract void WriteArguments(ref ArgumentWriter writer, in TArguments arguments);

    /// <summary>
    /// Runs the function in this process, with arguments that did not travel, and hands its result to one of the
    /// <c>Return</c> methods of <paramref name="invocation"/>.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="invocation">The running call.</param>
    public abstract void InvokeLocally(in TArguments arguments, Invocation invocation);
}
