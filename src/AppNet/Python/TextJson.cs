using System.Text.Json.Serialization;

namespace AppNet.Python;

/// <summary>How texts are written, without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
