using System.Text.Json.Serialization;

namespace AppNet.Wire;

/// <summary>How the handshake's messages are written: members that a reader does not know are skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(HelloMessage))]
[JsonSerializable(typeof(WelcomeMessage))]
[JsonSerializable(typeof(IntroductionMessage))]
[JsonSerializable(typeof(RejectMessage))]
internal sealed partial class HandshakeJson : JsonSerializerContext;
