using System.Net.WebSockets;
using System.Text.Json;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>The server's end of a socket: one loop, which answers all calls of a message with one message.</summary>
internal static class WebSocketAnswers
{
    /// <summary>Answers until the client has gone.</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>A task that ends when the socket has closed.</returns>
    public static async Task RunAsync(WebSocket socket)
    {
        var reader = new MessageReader(socket);
        using var answers = new JsonLines();
        try
        {
            while (await reader.ReadAsync() is { } message)
            {
                Answer(message.Span, answers);
                await socket.SendAsync(
                    answers.Written, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                answers.Clear();
            }
        }
        catch (WebSocketException)
        {
            // The client has gone without a goodbye, as clients here do.
        }
    }

    private static void Answer(ReadOnlySpan<byte> message, JsonLines answers)
    {
        while (!message.IsEmpty)
        {
            var call = JsonSerializer.Deserialize(JsonLines.TakeLine(ref message), WebSocketJson.Default.JsonCall)!;
            answers.Add(new(call.Id, call.Left + call.Right, call.Payload), WebSocketJson.Default.JsonAnswer);
        }
    }
}
