using System.Text.Json.Serialization.Metadata;
using AppNet.Connections;

namespace AppNet.Peers;

/// <summary>The codecs of what the default functions return.</summary>
internal static class DefaultCodecs
{
    /// <summary>Gets the codec of a peer's info.</summary>
    public static ValueCodec<PeerInfo> PeerInfo { get; } = Of<PeerInfo>();

    /// <summary>Gets the codec of descriptions.</summary>
    public static ValueCodec<ConnectionDescription[]> Descriptions { get; } = Of<ConnectionDescription[]>();

    private static TypeInfoCodec<T> Of<T>() => new((JsonTypeInfo<T>)DefaultsJson.Default.GetTypeInfo(typeof(T))!);
}
