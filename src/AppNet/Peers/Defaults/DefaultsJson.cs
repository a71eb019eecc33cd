using System.Text.Json.Serialization;

namespace AppNet.Peers;

/// <summary>How the results of the default functions are written and read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PeerInfo))]
[JsonSerializable(typeof(ConnectionDescription[]))]
internal sealed partial class DefaultsJson : JsonSerializerContext;
