using System.Text;
using System.Text.Json;
using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

/// <summary>Runs one function from a payload, without link or peer, and keeps what it returned.</summary>
internal sealed class TestInvocation(CancellationToken cancellationToken = default) : Invocation
{
    public static JsonSerializerOptions Options { get; } = SerializerOptionsFactory.Build();

    public override CancellationToken CancellationToken => cancellationToken;

    public override JsonSerializerOptions SerializerOptions => Options;

    internal override object Context => this;

    public object? Result { get; private set; }

    public int Returns { get; private set; }


    public static object? Run(ConnectionDefinition definition, string payload, bool named = false, int trailingDefaults = 0)
    {
        var invocation = new TestInvocation();
        invocation.Invoke(definition, Encoding.UTF8.GetBytes(payload), named, trailingDefaults);
        return invocation.Result;
    }

    public static NetException Fail(
        ConnectionDefinition definition,
        string payload,
        bool named = false,
        int trailingDefaults = 0)
    {
        var invocation = new TestInvocation();
        NetException exception = Assert.Throws<NetException>(
            () => invocation.Invoke(definition, Encoding.UTF8.GetBytes(payload), named, trailingDefaults));
        Assert.Equal(NetError.BadArguments, exception.Error);
        Assert.False(invocation.HasBegun);
        return exception;
    }

    public void Invoke(ConnectionDefinition definition, ReadOnlySpan<byte> payload, bool named = false, int trailingDefaults = 0)
    {
        var reader = new ArgumentReader(payload, named, trailingDefaults, definition, Options);
        definition.Invoke(ref reader, this);
    }

    public override void Return() => Keep(null);

    public override void Return<T>(T result, ValueCodec<T> codec) => Keep(result);

    public override void Return(Task task) => Keep(Checked(task, "f"));

    public override void Return(ValueTask task) => Keep(task.AsTask());

    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => Keep(Checked(task, "f"));

    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec) => Keep(task.AsTask());

    private void Keep(object? result)
    {
        Assert.True(HasBegun);
        Result = result;
        Returns++;
    }
}
