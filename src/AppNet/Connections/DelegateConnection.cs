using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace AppNet.Connections;

/// <summary>A delegate as a connected function, by reflection over its method: names, defaults, result.</summary>
internal sealed class DelegateConnection : ConnectionDefinition
{
    private readonly Delegate _function;
    private readonly MethodInvoker _invoker;
    private readonly IReadOnlyList<ParameterBinder> _binders;
    private readonly ResultReturner _returner;

    [RequiresUnreferencedCode(DelegateShape.Reason)]
    [RequiresDynamicCode(DelegateShape.Reason)]
    private DelegateConnection(string tag, string name, Delegate function, DelegateShape shape)
        : base(tag, name, shape.Parameters, shape.ResultType)
    {
        _function = function;
        _invoker = MethodInvoker.Create(shape.Invoke);
        _binders = shape.Binders;
        _returner = shape.Returner;
        IsCancellable = shape.HasRuntimeParameters;
    }

    /// <inheritdoc/>
    public override bool IsCancellable { get; }

    /// <summary>Describes a delegate.</summary>
    /// <param name="tag">The tag under which peers find it, which is also its name.</param>
    /// <param name="function">The delegate.</param>
    /// <param name="runtimeParameters">The kinds of parameters that the library fills, besides the token.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">The tag is no tag, or something in the signature can't travel.</exception>
    [RequiresUnreferencedCode(DelegateShape.Reason)]
    [RequiresDynamicCode(DelegateShape.Reason)]
    public static DelegateConnection Create(
        string tag,
        Delegate function,
        params IEnumerable<RuntimeParameter> runtimeParameters)
    {
        ConnectionTag.Check(tag);
        ArgumentNullException.ThrowIfNull(function);
        return new DelegateConnection(tag, tag, function, new DelegateShape(function, runtimeParameters));
    }

    /// <summary>Describes a delegate that is called back, which has no tag.</summary>
    /// <param name="callback">The delegate.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">Something in the signature can't travel.</exception>
    [RequiresUnreferencedCode(DelegateShape.Reason)]
    [RequiresDynamicCode(DelegateShape.Reason)]
    public static DelegateConnection Callback(Delegate callback) =>
        new(string.Empty, "callback", callback, new DelegateShape(callback, []));

    /// <inheritdoc/>
    public override void Invoke(ref ArgumentReader arguments, Invocation invocation)
    {
        object?[] values = new object?[_binders.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _binders[i].Bind(ref arguments, invocation);
        }

        invocation.Begin(ref arguments);
        _returner.Return(invocation, _invoker.Invoke(_function, values.AsSpan()));
    }
}
