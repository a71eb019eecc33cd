using System.Text;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Writes the arguments of a function as a caller does and runs it from them as a called peer does.</summary>
internal sealed class RoundTrip : Invocation
{
    private static readonly JsonSerializerOptions Options = SerializerOptionsFactory.Build();

    public override CancellationToken CancellationToken => default;

    public override JsonSerializerOptions SerializerOptions => Options;

    internal override object Context => Given ?? throw new InvalidOperationException("A round trip has no call.");

    private object? Given { get; init; }

    private object? Result { get; set; }

    public static (string Payload, object? Result) Of<TArguments>(ConnectionDefinition function, TArguments arguments, object? context = null)
        where TArguments : struct
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        int defaults = Write(payload, function, arguments);
        byte[] bytes = payload.WrittenSpan.ToArray();
        PayloadBuffer.Return(payload);

        var invocation = new RoundTrip { Given = context };
        var reader = new ArgumentReader(bytes, named: false, defaults, function, Options);
        function.Invoke(ref reader, invocation);
        return (Encoding.UTF8.GetString(bytes), invocation.Result);
    }

    public override void Return() => Result = null;

    public override void Return<T>(T result, ValueCodec<T> codec) => Result = result;

    public override void Return(Task task) => Result = task;

    public override void Return(ValueTask task) => Result = task;

    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => Result = task;

    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec) => Result = task;

    private static int Write<TArguments>(PayloadBuffer payload, ConnectionDefinition function, TArguments arguments)
        where TArguments : struct
    {
        var writer = new ArgumentWriter(payload, Options, function);
        switch (function)
        {
            case ConnectionDefinition<TArguments, int> numbers:
                numbers.WriteArguments(ref writer, in arguments);
                break;
            case ConnectionDefinition<TArguments, string> texts:
                texts.WriteArguments(ref writer, in arguments);
                break;
            case ConnectionDefinition<TArguments, NoResult> nothing:
                nothing.WriteArguments(ref writer, in arguments);
                break;
            default:
                throw new ArgumentException($"'{function.Tag}' takes other arguments or has another result.", nameof(function));
        }

        writer.End();
        return writer.TrailingDefaults;
    }
}
