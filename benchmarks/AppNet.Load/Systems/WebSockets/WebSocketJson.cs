using System.Text.Json.Serialization;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>
/// Calls and answers, written and read by generated code; what is left at its default is not written.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JsonCall))]
[JsonSerializable(typeof(JsonAnswer))]
internal sealed partial class WebSocketJson : JsonSerializerContext;
