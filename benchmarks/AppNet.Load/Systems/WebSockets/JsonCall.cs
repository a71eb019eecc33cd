namespace AppNet.Load.Systems.WebSockets;

/// <summary>A call: to add two numbers, or to send bytes back.</summary>
/// <param name="Id">Its number on the socket.</param>
/// <param name="Left">One number.</param>
/// <param name="Right">The other.</param>
/// <param name="Payload">The bytes, when it is an echo; base64, as JSON has no bytes.</param>
internal sealed record JsonCall(int Id, int Left, int Right, byte[]? Payload);
