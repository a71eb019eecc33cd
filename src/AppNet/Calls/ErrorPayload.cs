using System.Text.Json;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>Errors on the wire. docs/protocol.md, section 7.2.</summary>
internal static class ErrorPayload
{
    /// <summary>Turns a call away with an error, whether or not the send queue is full.</summary>
    /// <param name="link">The link.</param>
    /// <param name="id">The call.</param>
    /// <param name="error">The error.</param>
    public static void Send(Link link, uint id, NetException error)
    {
        _ = link.Append(FrameType.Error, FrameFlags.None, (ushort)error.Error, id, default, Write(error), canWait: false);
        link.Flush();
    }

    /// <summary>Writes an error.</summary>
    /// <param name="error">The error.</param>
    /// <returns>The payload.</returns>
    public static byte[] Write(NetException error)
    {
        var message = error is FunctionFailure { InnerException: { } thrown }
            ? new ErrorMessage(RemoteErrors.MessageOf(thrown), RemoteErrors.Describe(thrown))
            : new ErrorMessage(RemoteErrors.MessageOf(error));
        return JsonSerializer.SerializeToUtf8Bytes(message, ErrorJson.Default.ErrorMessage);
    }

    /// <summary>Reads an error as the exception that the caller gets.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="tag">The function that was called.</param>
    /// <param name="peer">The peer that answered.</param>
    /// <param name="known">The exceptions that are rebuilt.</param>
    /// <returns>The exception.</returns>
    public static Exception Read(in Frame frame, string tag, PeerId peer, KnownExceptions known)
    {
        var error = (NetError)frame.Header.Number;
        var message = Parse(frame.Payload);
        if (error == NetError.RemoteFailure)
        {
            var remote = message.Exception ?? new RemoteError("unknown", message.Message, StackTrace: null, Inner: null);
            return known.Rebuild(new RemoteException(remote, peer));
        }

        return new NetException(error, $"'{tag}' on {peer.ToFriendlyString()}: {message.Message}");
    }

    private static ErrorMessage Parse(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, ErrorJson.Default.ErrorMessage) ?? new ErrorMessage("no message");
        }
        catch (JsonException)
        {
            return new ErrorMessage("an error that can't be read");
        }
    }
}
