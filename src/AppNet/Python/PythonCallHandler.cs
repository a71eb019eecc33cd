using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AppNet.Calls;
using AppNet.Links;
using AppNet.Python.Wires;
using AppNet.Wire;

namespace AppNet.Python;

/// <summary>Hands the calls of a link on to a Python peer, and its answers back.</summary>
internal sealed class PythonCallHandler : IFrameHandler
{
    private readonly PythonNeighbour _neighbour;
    private readonly Link _link;
    private readonly ConcurrentDictionary<uint, CancellationTokenSource> _running = new();

    // Owned by the read loop.
    private readonly Dictionary<ushort, string> _tags = [];

    private uint _last;
    private volatile bool _isStopped;

    /// <summary>Makes the handler of a link.</summary>
    /// <param name="neighbour">The Python peer.</param>
    /// <param name="link">The far end.</param>
    public PythonCallHandler(PythonNeighbour neighbour, Link link)
    {
        _neighbour = neighbour;
        _link = link;
    }

    /// <inheritdoc/>
    public bool IsIdle => _running.IsEmpty;

    /// <inheritdoc/>
    public void OnFrame(in Frame frame)
    {
        switch (frame.Header.Type)
        {
            case FrameType.Tag:
                _tags[frame.Header.Number] = Encoding.UTF8.GetString(frame.Payload);
                break;
            case FrameType.Call:
                OnCall(in frame);
                break;
            default:
                Cancel(frame.Header.Id);
                break;
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
        // This end calls nobody.
    }

    /// <inheritdoc/>
    public uint Stop()
    {
        _isStopped = true;
        return _last;
    }

    /// <inheritdoc/>
    public void OnLost(NetException reason)
    {
        foreach (var id in _running.Keys)
        {
            Cancel(id);
        }
    }

    private void OnCall(in Frame frame)
    {
        var id = frame.Header.Id;
        var details = CallDetails.Read(in frame);
        if (_isStopped)
        {
            ErrorPayload.Send(_link, id, new NetException(NetError.Refused, "The Python peer is gone. The function has not run."));
            return;
        }

        var tag = frame.Header.Number == 0 ? Encoding.UTF8.GetString(details.Tag) : _tags.GetValueOrDefault(frame.Header.Number, "");
        var arguments = frame.Payload.ToArray();
        var isNamed = details.IsNamed;
        var cancellation = new CancellationTokenSource();
        _last = id;
        _running[id] = cancellation;

        // Ends in an answer whatever happens.
        _ = Task.Run(() => RunAsync(id, tag, arguments, isNamed, cancellation));
    }

    private void Cancel(uint id)
    {
        if (_running.TryGetValue(id, out var cancellation))
        {
            try
            {
                _ = cancellation.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // The call has just ended.
            }
        }
    }

    private async Task RunAsync(uint id, string tag, byte[] arguments, bool isNamed, CancellationTokenSource cancellation)
    {
        try
        {
            var reply = await _neighbour.CallAsync(tag, arguments, isNamed, cancellation.Token).ConfigureAwait(false);
            await AnswerAsync(id, reply).ConfigureAwait(false);
        }
        catch (NetException exception)
        {
            ErrorPayload.Send(_link, id, exception);
        }
        catch (OperationCanceledException)
        {
            ErrorPayload.Send(_link, id, new NetException(NetError.PeerLost, "The call was cancelled."));
        }
        catch (Exception exception)
        {
            ErrorPayload.Send(_link, id, new NetException(NetError.BadResult, RemoteErrors.MessageOf(exception), exception));
        }
        finally
        {
            _ = _running.TryRemove(id, out _);
            cancellation.Dispose();
            _link.CheckIdle();
        }
    }

    private Task AnswerAsync(uint id, PythonReply reply) => reply switch
    {
        { Value: { } value } => SendAsync(FrameType.Answer, 0, id, value),
        { Flag: { } flag } => SendAsync(FrameType.Flag, 0, id, Encoding.UTF8.GetBytes(flag)),
        { Traceback: { } traceback } => SendAsync(FrameType.Error, (ushort)NetError.RemoteFailure, id, ErrorOf(traceback)),
        _ => throw new NetException(NetError.BadResult, reply.Fault ?? "The Python peer gave no answer that can be read."),
    };

    private static byte[] ErrorOf(string traceback)
    {
        var (type, message) = PythonTraceback.Read(traceback);
        return JsonSerializer.SerializeToUtf8Bytes(
            new ErrorMessage(message, new RemoteError(type, message, traceback)), ErrorJson.Default.ErrorMessage);
    }

    private async Task SendAsync(FrameType type, ushort number, uint id, ReadOnlyMemory<byte> payload)
    {
        while (_link.Append(type, FrameFlags.None, number, id, default, payload.Span, canWait: true) == SendOutcome.Full)
        {
            await _link.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _link.Flush();
    }
}
