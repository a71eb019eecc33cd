using System.Buffers;
using System.Text.Json;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>Errors on the wire. docs/protocol.md, section 7.2.</summary>
internal static class ErrorPayload
{
    // Three such texts, each character at most six bytes of JSON, and what is around them: within the least that every peer takes.
    private const int ShortText = 200;

    /// <summary>Turns a call away with an error, whether or not the send queue is full.</summary>
    /// <param name="link">The link.</param>
    /// <param name="id">The call.</param>
    /// <param name="error">The error.</param>
    public static void Send(Link link, uint id, NetException error)
    {
        _ = link.Append(FrameType.Error, FrameFlags.None, (ushort)error.Error, id, default, Write(error, link.RemoteLimits.Frame), canWait: false);
        link.Flush();
    }

    /// <summary>Writes an error: whole if the caller takes that much, else without stacks and inner exceptions, shortened.</summary>
    /// <param name="error">The error.</param>
    /// <param name="limit">The longest payload that the caller takes, in bytes: at least 4,096.</param>
    /// <returns>The payload.</returns>
    public static byte[] Write(NetException error, int limit)
    {
        var thrown = (error as FunctionFailure)?.InnerException;
        var message = RemoteErrors.MessageOf(thrown ?? error);
        var remote = thrown is null ? null : RemoteErrors.Describe(thrown);
        var payload = Serialize(new ErrorMessage(message, remote));
        if (payload.Length <= limit)
        {
            return payload;
        }

        var text = RemoteErrors.Shorten(message, ShortText);
        return Serialize(new ErrorMessage(text, remote is null ? null : new RemoteError(RemoteErrors.Shorten(remote.Type, ShortText), text)));
    }

    /// <summary>Reads an error as the exception that the caller gets.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="tag">The function that was called.</param>
    /// <param name="peer">The peer that answered.</param>
    /// <param name="known">The exceptions that are rebuilt.</param>
    /// <returns>The exception.</returns>
    public static Exception Read(in Frame frame, string tag, PeerId peer, KnownExceptions known) =>
        Read((NetError)frame.Header.Number, frame.Payload, tag, peer, known);

    /// <summary>Reads an error as the exception that its reader gets.</summary>
    /// <param name="error">The error.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="tag">The function that was called.</param>
    /// <param name="peer">The peer that sent it.</param>
    /// <param name="known">The exceptions that are rebuilt.</param>
    /// <returns>The exception.</returns>
    public static Exception Read(NetError error, ReadOnlySpan<byte> payload, string tag, PeerId peer, KnownExceptions known)
    {
        var message = Parse(payload);
        if (error == NetError.RemoteFailure)
        {
            var remote = message.Exception ?? new RemoteError("unknown", message.Message, StackTrace: null, Inner: null);
            return known.Rebuild(new RemoteException(remote, peer));
        }

        return new NetException(error, $"'{tag}' on {peer.ToFriendlyString()}: {message.Message}");
    }

    private static byte[] Serialize(ErrorMessage message)
    {
        var payload = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(payload, PeerInfoJson.WriterOptions))
        {
            JsonSerializer.Serialize(writer, message, ErrorJson.Default.ErrorMessage);
        }

        return payload.WrittenSpan.ToArray();
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
