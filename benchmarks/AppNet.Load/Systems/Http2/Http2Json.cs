using System.Text.Json.Serialization;

namespace AppNet.Load.Systems.Http2;

/// <summary>The bodies, written and read by generated code.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AddRequest))]
[JsonSerializable(typeof(AddAnswer))]
internal sealed partial class Http2Json : JsonSerializerContext;
