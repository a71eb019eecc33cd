using System.Buffers;

namespace AppNet.Calls;

/// <summary>A call that runs off the read loop, with a copy of its arguments.</summary>
internal sealed class QueuedCall : IThreadPoolWorkItem
{
    private readonly IncomingCall _call;
    private readonly byte[] _payload;
    private readonly int _length;

    /// <summary>Copies what the call needs.</summary>
    /// <param name="call">The call.</param>
    /// <param name="payload">The encoded arguments.</param>
    public QueuedCall(IncomingCall call, ReadOnlySpan<byte> payload)
    {
        _call = call;
        _length = payload.Length;
        _payload = ArrayPool<byte>.Shared.Rent(_length);
        payload.CopyTo(_payload);
    }

    /// <summary>Runs the call, unless its caller has gone.</summary>
    public void Execute()
    {
        if (!_call.TryDrop())
        {
            _ = _call.Dispatcher.Run(_call, _payload.AsSpan(0, _length));
        }

        ArrayPool<byte>.Shared.Return(_payload);
    }
}
