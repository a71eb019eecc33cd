using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AppNet.Events;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Python;

/// <summary>Registers at a Python peer before a subscription stands.</summary>
/// <param name="neighbour">The Python peer.</param>
/// <param name="link">The far end.</param>
internal sealed class PythonPublishingHandler(PythonNeighbour neighbour, Link link) : IFrameHandler
{
    // Subscriptions for which the Python peer is being asked.
    private readonly ConcurrentDictionary<uint, string> _asking = new();

    /// <inheritdoc/>
    public bool IsIdle => _asking.IsEmpty;

    /// <inheritdoc/>
    public void OnFrame(in Frame frame)
    {
        if (frame.Header.Type == FrameType.Subscribe)
        {
            var content = frame.Payload.ToArray();
            var header = frame.Header with { Length = (uint)content.Length, Flags = FrameFlags.None };
            var name = NameIn(content);
            if (_asking.Count >= EventLimits.Subscriptions || !_asking.TryAdd(header.Id, name))
            {
                throw new ProtocolException($"Subscription number {header.Id} is in use.");
            }

            // Ends in a notice whatever happens.
            _ = Task.Run(() => AskAsync(header, content, name));
        }
        else if (_asking.TryRemove(frame.Header.Id, out _))
        {
            Notify(frame.Header.Id, NoticeCode.Ended, "");
        }
        else
        {
            link.Handler<LinkEvents>().OnFrame(in frame);
        }
    }

    /// <inheritdoc/>
    public void OnHeldUp()
    {
        // No user code runs here.
    }

    /// <inheritdoc/>
    public void OnGoodbye(uint lastCall, bool takesNothingMore)
    {
        // What is asked for is of no use any more and ends with the link.
    }

    /// <inheritdoc/>
    public uint Stop() => 0;

    /// <inheritdoc/>
    public void OnLost(NetException reason) => _asking.Clear();

    private static string NameIn(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, EventJson.Default.SubscribeMessage)?.Event ?? "";
        }
        catch (JsonException exception)
        {
            throw new ProtocolException($"A Subscribe is not well-formed: {exception.Message}");
        }
    }

    private async Task AskAsync(FrameHeader header, byte[] content, string name)
    {
        var refusal = await neighbour.Inbox.RegisterAsync(neighbour, name).ConfigureAwait(false);
        if (!_asking.TryRemove(header.Id, out _))
        {
            // It was ended in the meantime.
        }
        else if (refusal is null)
        {
            link.Handler<LinkEvents>().OnFrame(new Frame(header, content));
        }
        else
        {
            Notify(header.Id, NoticeCode.Refused, refusal);
        }

        link.CheckIdle();
    }

    private void Notify(uint id, NoticeCode code, string text)
    {
        _ = link.Append(FrameType.Notice, FrameFlags.None, (ushort)code, id, default, Encoding.UTF8.GetBytes(text), canWait: false);
        link.Flush();
    }
}
