using System.Text.Json;

namespace AppNet.Connections;

/// <summary>
/// How a callback travels: a delegate, or an implementation of a contract, stays where it is, and a reference to it goes. See
/// docs/protocol.md, section 13.
/// </summary>
/// <typeparam name="T">The delegate, or the contract.</typeparam>
/// <param name="find">Finds how calls of it are described.</param>
internal sealed class CallbackCodec<T>(Func<ContractDefinition<T>> find) : ValueCodec<T>
    where T : class
{
    /// <summary>Makes the codec of a callback that is described already. Also called by reflection.</summary>
    /// <param name="definition">How calls of it are described.</param>
    public CallbackCodec(ContractDefinition<T> definition)
        : this(() => definition)
    {
    }

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, T value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
            return;
        }

        int number = writer.AddCallback(find().Describe(value));
        CallbackReference.Write(writer.Json, number);
    }

    /// <inheritdoc/>
    public override T Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? null! : find().MakeProxy(reader.OpenCallback(CallbackReference.Read(ref reader.Json)));
}
