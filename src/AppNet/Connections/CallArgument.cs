using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>One argument of a call by tag.</summary>
/// <param name="Value">The argument.</param>
/// <param name="TypeInfo">How it is written; null when its run-time type says.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallArgument(object? Value, JsonTypeInfo? TypeInfo = null)
{
    /// <summary>Gets how such arguments are written. They are not read: that is done by the function's parameters.</summary>
    public static ValueCodec<CallArgument> Codec { get; } = new WritingCodec();

    private sealed class WritingCodec : ValueCodec<CallArgument>
    {
        public override void Write(ref ValueWriter writer, CallArgument value)
        {
            if (value.TypeInfo is not null)
            {
                JsonSerializer.Serialize(writer.Json, value.Value, value.TypeInfo);
            }
            else if (value.Value is null)
            {
                writer.Json.WriteNullValue();
            }
            else if (value.Value is CallbackArgument callback)
            {
                CallbackReference.Write(writer.Json, writer.AddCallback(callback.Functions));
            }
            else if (value.Value is Delegate function)
            {
                CallbackReference.Write(writer.Json, writer.AddCallback([Describe(function)]));
            }
            else if (KnownCodecs.Find(value.Value.GetType()) is BoxedCodec known)
            {
                known.Write(ref writer, value.Value);
            }
            else if (KnownStreams.Find(value.Value) is BoxedCodec stream)
            {
                stream.Write(ref writer, value.Value);
            }
            else
            {
                JsonTypeInfo typeInfo = SerializerOptionsFactory.TypeInfoOf(writer.Options, value.Value.GetType());
                JsonSerializer.Serialize(writer.Json, value.Value, typeInfo);
            }
        }

        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Refused where the program has no dynamic code.")]
        [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Refused where the program has no dynamic code.")]
        private static DelegateConnection Describe(Delegate function) => RuntimeFeature.IsDynamicCodeSupported
            ? DelegateConnection.Callback(function)
            : throw new NotSupportedException("A delegate can be an argument by tag only in programs that are not compiled ahead of time.");

        public override CallArgument Read(ref ValueReader reader) =>
            throw new NotSupportedException("Arguments of a call by tag are only written.");

        internal override bool TryWriteRaw(PayloadBuffer payload, int position, CallArgument value) =>
            value is { TypeInfo: null, Value: { } given }
            && KnownCodecs.Find(given.GetType()) is BoxedCodec known
            && known.TryWriteRaw(payload, position, given);
    }
}
