using System.Text.Json.Serialization;

namespace AppNet.Wire;

/// <summary>The payload of a <see cref="FrameType.Hello"/>. docs/protocol.md, section 4.1.</summary>
/// <param name="Versions">The oldest and the newest version that the dialling side speaks.</param>
/// <param name="Nonce">32 random bytes.</param>
/// <param name="Target">The peer that the dialling side means to reach.</param>
internal sealed record HelloMessage(int[] Versions, byte[] Nonce, TargetMessage? Target = null);

/// <summary>The peer that a dialling side means to reach.</summary>
/// <param name="Host">Its host, as the dialling side knows it.</param>
/// <param name="Port">Its port.</param>
/// <param name="Instance">Its instance, when a directory gave it.</param>
internal sealed record TargetMessage(string Host, int Port, Guid? Instance = null);

/// <summary>The payload of a <see cref="FrameType.Welcome"/>. docs/protocol.md, section 4.2.</summary>
/// <param name="Version">The version that is spoken from here on.</param>
/// <param name="Nonce">32 random bytes.</param>
/// <param name="Proof">The accepting side's proof, when it has a secret.</param>
internal sealed record WelcomeMessage(int Version, byte[] Nonce, byte[]? Proof = null);

/// <summary>The payload of a <see cref="FrameType.Ready"/> and of an <see cref="FrameType.Accept"/>. Sections 4.3 and 4.4.</summary>
/// <param name="Info">What the sender is.</param>
/// <param name="Limits">What the sender is willing to take.</param>
/// <param name="Proof">The dialling side's proof, when the accepting side has a secret.</param>
internal sealed record IntroductionMessage(
    PeerInfo Info, LimitsMessage Limits, [property: JsonPropertyOrder(-1)] byte[]? Proof = null);

/// <summary>What a side is willing to take on one link. docs/protocol.md, section 4.5.</summary>
/// <param name="Frame">The longest frame in bytes, header not counted.</param>
/// <param name="Calls">The calls that may be unanswered at once.</param>
/// <param name="Tags">The tags that may have numbers.</param>
/// <param name="Raw">Whether raw segments are understood.</param>
/// <param name="Stream">The first credit of each stream.</param>
/// <param name="Link">The first credit of all streams of the link together.</param>
internal sealed record LimitsMessage(
    int Frame, int Calls, int Tags, bool? Raw = null, int? Stream = null, int? Link = null);

/// <summary>The payload of a <see cref="FrameType.Reject"/>. docs/protocol.md, section 4.6.</summary>
/// <param name="Error">The name of the <see cref="NetError"/>.</param>
/// <param name="Message">What was wrong, for people.</param>
/// <param name="Versions">The oldest and the newest version that the accepting side speaks.</param>
internal sealed record RejectMessage(string Error, string Message, int[] Versions);

