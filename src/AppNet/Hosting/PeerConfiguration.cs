namespace AppNet.Hosting;

/// <summary>One call's worth of options set in code.</summary>
/// <param name="Configure">Sets them.</param>
internal sealed record PeerConfiguration(Action<NetOptions> Configure);
