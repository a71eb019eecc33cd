using AppNet.Connections;

namespace AppNet.Tests.Connections;

/// <summary><c>Calc.MultiplyValues(int val1, int val2 = 5) : int</c> as generated code describes it.</summary>
internal sealed class MultiplyValuesConnection(string tag = "Calc.MultiplyValues")
    : ConnectionDefinition<(int Val1, int Val2), int>(
        tag,
        "Calc.MultiplyValues",
        [new("val1", typeof(int)), new("val2", typeof(int), IsOptional: true, DefaultValue: 5)],
        typeof(int))
{
    public override ValueCodec<int> ResultCodec => ValueCodecs.Int32;

    public override string? Summary => "Multiplies.";

    public override void Invoke(ref ArgumentReader arguments, Invocation invocation)
    {
        int val1 = arguments.Read(ValueCodecs.Int32);
        int val2 = arguments.ReadOptional(ValueCodecs.Int32, 5);
        invocation.Begin(ref arguments);
        invocation.Return(val1 * val2, ValueCodecs.Int32);
    }

    public override void InvokeLocally(in (int Val1, int Val2) arguments, Invocation invocation) =>
        invocation.Return(arguments.Val1 * arguments.Val2, ValueCodecs.Int32);

    public override void WriteArguments(ref ArgumentWriter writer, in (int Val1, int Val2) arguments)
    {
        writer.Write(ValueCodecs.Int32, arguments.Val1);
        writer.WriteOptional(ValueCodecs.Int32, arguments.Val2, 5);
    }
}
