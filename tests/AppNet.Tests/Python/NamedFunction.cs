using AppNet.Connections;

namespace AppNet.Tests.Python;

/// <summary>A delegate under a tag and under another name, as generated code describes a method.</summary>
internal sealed class NamedFunction : ConnectionDefinition
{
    private readonly DelegateConnection _inner;

    public NamedFunction(string tag, string name, Delegate function)
        : this(tag, name, DelegateConnection.Create(tag, function))
    {
    }

    private NamedFunction(string tag, string name, DelegateConnection inner)
        : base(tag, name, inner.Parameters, inner.ResultType)
    {
        _inner = inner;
    }

    public override bool IsCancellable => _inner.IsCancellable;

    public override void Invoke(ref ArgumentReader arguments, Invocation invocation) => _inner.Invoke(ref arguments, invocation);
}
