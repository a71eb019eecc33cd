using System.Text.Json.Serialization;

namespace AppNet.Events;

/// <summary>How the frames of subscriptions are written: members that a reader does not know are skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(SubscribeMessage))]
internal sealed partial class EventJson : JsonSerializerContext;
