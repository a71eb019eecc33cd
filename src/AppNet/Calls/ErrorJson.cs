using System.Text.Json.Serialization;

namespace AppNet.Calls;

/// <summary>How errors are written: members that a reader does not know are skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(ErrorMessage))]
internal sealed partial class ErrorJson : JsonSerializerContext;
