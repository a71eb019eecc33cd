using System.Text.Json.Serialization;

namespace Trimmed;

[JsonSerializable(typeof(Image))]
internal sealed partial class ImagesJson : JsonSerializerContext;
