namespace AppNet.Load.Systems.WebSockets;

/// <summary>The answer to a <see cref="JsonCall"/>.</summary>
/// <param name="Id">The call's number.</param>
/// <param name="Sum">The sum, when it added.</param>
/// <param name="Payload">The bytes, when it was an echo.</param>
internal sealed record JsonAnswer(int Id, int Sum, byte[]? Payload);
