using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// Tells the caller of a function's progress. Never makes the function wait: while the caller is behind, the newest report takes the
/// place of the one before it. The last one is sent ahead of the call's end.
/// </summary>
/// <typeparam name="T">The type of the reports.</typeparam>
internal sealed class ProgressReports<T>(CallStreams call, int number, ValueCodec<T> codec) : IProgress<T>, IProgressReports
{
    private readonly StreamCredit _credit = new(call.Link.RemoteLimits.Stream);
    private readonly Lock _gate = new();

    // Guarded by _gate. The newest report, while it can't be sent.
    private byte[]? _unsent;

    // Guarded by _gate.
    private bool _hasEnded;

    /// <inheritdoc/>
    /// <exception cref="NetException">The report can't be serialized.</exception>
    public void Report(T value)
    {
        var report = Encode(value);
        lock (_gate)
        {
            if (!_hasEnded && !TrySendLocked(report))
            {
                _unsent = report;
            }
        }
    }

    /// <inheritdoc/>
    public void OnCredit(uint bytes)
    {
        _credit.Add(bytes);
        lock (_gate)
        {
            if (_unsent is { } report && TrySendLocked(report))
            {
                _unsent = null;
            }
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _unsent = null;
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        lock (_gate)
        {
            if (_unsent is { } report)
            {
                call.Streams.Credit.Take(report.Length);
                AppendLocked(report);
            }

            _hasEnded = true;
            _unsent = null;
        }
    }

    private byte[] Encode(T value)
    {
        var buffer = PayloadBuffer.Rent(call.MaxPayload);
        try
        {
            var writer = new ValueWriter(buffer.Json, call.SerializerOptions);
            buffer.Json.WriteStartArray();
            codec.Write(ref writer, value);
            buffer.Json.WriteEndArray();
            buffer.Complete();
            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception exception)
        {
            throw new NetException(NetError.BadResult, $"A report of '{call.Tag}' can't be sent: {exception.Message}", exception);
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    private bool TrySendLocked(byte[] report)
    {
        if (!_credit.IsOpen || !call.Link.HasStreamRoom || !call.Streams.Credit.TryTake(report.Length))
        {
            return false;
        }

        _ = _credit.TryTake(report.Length);
        AppendLocked(report);
        return true;
    }

    private void AppendLocked(byte[] report)
    {
        _ = call.Link.Append(FrameType.Item, call.Side, (ushort)number, call.Id, default, report, canWait: false);
        call.Link.Flush();
    }
}
