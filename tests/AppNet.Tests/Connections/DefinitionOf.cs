using AppNet.Connections;

namespace AppNet.Tests.Connections;

/// <summary>A function that returns its one argument.</summary>
internal sealed class DefinitionOf<T>(ValueCodec<T> codec, bool isImplemented = true, string tag = "test")
    : ConnectionDefinition<ValueTuple<T>, T>(tag, "Test.Run", [new("value", typeof(T))], typeof(T))
{
    public override ValueCodec<T> ResultCodec => codec;

    public override bool IsImplemented => isImplemented;

    public override void WriteArguments(ref ArgumentWriter writer, in ValueTuple<T> arguments) =>
        writer.Write(codec, arguments.Item1);

    public override void Invoke(ref ArgumentReader arguments, Invocation invocation)
    {
        T value = arguments.Read(codec);
        invocation.Begin(ref arguments);
        invocation.Return(value, codec);
    }

    public override void InvokeLocally(in ValueTuple<T> arguments, Invocation invocation) =>
        invocation.Return(arguments.Item1, codec);
}
