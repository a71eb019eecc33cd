using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>A flag that a call was answered with, and who handles it here.</summary>
/// <param name="Name">The flag.</param>
/// <param name="Tag">The function that was called.</param>
/// <param name="Peer">The peer that answered; null: this process, without the wire.</param>
/// <param name="Cause">The exception that raised it in this process, or null.</param>
internal readonly record struct RaisedFlag(string Name, string Tag, Peer? Peer, Exception? Cause = null)
{
    // Handlers give small values; what is larger fails as a result that is too large does.
    private const int MaxValue = 16 * 1024 * 1024;

    /// <summary>
    /// Runs the flag's handler, on this thread and in its context: that of the caller, whose result the handler's value becomes. Where
    /// that is a read loop, a handler that blocks is handed over as any continuation of a call is.
    /// </summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="handlers">The handlers.</param>
    /// <param name="codec">How the result is read, when the value is of another type.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <returns>The result.</returns>
    /// <exception cref="FlagException">There is no handler.</exception>
    /// <exception cref="NetException"><see cref="NetError.BadResult"/>: the value can't be the result.</exception>
    public TResult Handle<TResult>(FlagTable handlers, ValueCodec<TResult> codec, JsonSerializerOptions options)
    {
        if (!handlers.TryGet(Name, out var handler))
        {
            throw new FlagException(
                Name, $"{Function()} answered with the flag '{Name}', for which this peer has no handler.", Cause);
        }

        return Convert(handler(new FlagContext(Name, Tag, Peer)), codec, options);
    }

    private TResult Convert<TResult>(object? value, ValueCodec<TResult> codec, JsonSerializerOptions options) => value switch
    {
        TResult fitting => fitting,
        _ when typeof(TResult) == typeof(NoResult) => default!,
        null => default(TResult) is null ? default! : throw BadResult<TResult>("null", cause: null),
        _ => ConvertAsJson(value, codec, options),
    };

    private TResult ConvertAsJson<TResult>(object value, ValueCodec<TResult> codec, JsonSerializerOptions options)
    {
        var payload = PayloadBuffer.Rent(MaxValue);
        try
        {
            ResultPayload.Write(payload, CallArgument.Codec, new CallArgument(value), Tag, options);
            return ResultPayload.Read(payload.WrittenSpan, codec, Tag, options);
        }
        catch (NetException exception)
        {
            throw BadResult<TResult>($"a value of type {SignatureText.NameOf(value.GetType())}", exception);
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }

    private NetException BadResult<TResult>(string value, Exception? cause) => new(
        NetError.BadResult,
        $"{Function()} answered with the flag '{Name}', whose handler gave {value}; it does not fit the result, {SignatureText.NameOf(typeof(TResult))}.",
        cause);

    private string Function() => Peer is null ? $"'{Tag}'" : $"'{Tag}' on {Peer}";
}
