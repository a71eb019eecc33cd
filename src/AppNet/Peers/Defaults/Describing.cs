using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Peers;

/// <summary>Describes functions for other peers.</summary>
internal static class Describing
{
    /// <summary>Describes a function.</summary>
    /// <param name="connection">The function.</param>
    /// <param name="options">The options for defaults without a codec of their own.</param>
    /// <returns>The description.</returns>
    public static ConnectionDescription Describe(Connection connection, JsonSerializerOptions options) => new()
    {
        Tag = connection.Tag,
        Name = connection.Name,
        Parameters = [.. connection.Parameters.Select(parameter => Describe(parameter, options))],
        ResultType = SignatureText.NameOf(connection.ResultType),
        Summary = connection.Summary,
        Signature = connection.Signature,
    };

    private static ParameterDescription Describe(ConnectionParameter parameter, JsonSerializerOptions options) => new()
    {
        Name = parameter.Name,
        Type = SignatureText.NameOf(parameter.Type),
        IsOptional = parameter.IsOptional,
        Default = parameter.IsOptional ? AsJson(parameter, options) : null,
    };

    private static JsonElement? AsJson(ConnectionParameter parameter, JsonSerializerOptions options)
    {
        // Generated code may hand over the number behind a member of an enumeration, which is also how one travels.
        var value = parameter.DefaultValue is Enum member ? Convert.ChangeType(
            member, Enum.GetUnderlyingType(member.GetType()), System.Globalization.CultureInfo.InvariantCulture) : parameter.DefaultValue;
        var payload = PayloadBuffer.Rent();
        try
        {
            ResultPayload.Write(payload, CallArgument.Codec, new CallArgument(value), parameter.Name, options);
            var reader = new Utf8JsonReader(payload.WrittenSpan);
            return JsonElement.ParseValue(ref reader);
        }
        catch (NetException)
        {
            return null;
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }
}
