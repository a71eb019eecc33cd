using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AppNet.Python.Wires;
using AppNet.Transport;

namespace AppNet.Python;

/// <summary>Exchanges bytes with a Python peer: one request and one answer over each TCP connection. Safe for use from many threads.</summary>
/// <param name="setup">This peer.</param>
/// <param name="address">The Python peer.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose handle nobody asked for holds nothing.")]
internal sealed class PythonClient(PythonSetup setup, PeerAddress address)
{
    private readonly SemaphoreSlim _connects = new(PythonLimits.Connects);

    /// <summary>Gets where the Python peer listens.</summary>
    public PeerAddress Address => address;

    /// <summary>Sends a request and reads its answer to the end, whatever its length.</summary>
    /// <param name="request">All bytes of the request.</param>
    /// <param name="cancellationToken">Ends it: the connection is closed.</param>
    /// <returns>All bytes of the answer; at least one.</returns>
    /// <exception cref="NetException">
    /// Nobody listens (<see cref="NetError.PeerNotFound"/>), it closed without an answer (<see cref="NetError.PeerLost"/>), or the answer is
    /// longer than a message may be (<see cref="NetError.BadResult"/>).
    /// </exception>
    public async Task<ReadOnlyMemory<byte>> ExchangeAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var duplex = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await duplex.SendAsync([request], cancellationToken).ConfigureAwait(false);
            var answer = await ReadAsync(duplex, cancellationToken).ConfigureAwait(false);
            return answer.Length > 0 ? answer : throw Lost("closed without an answer", cause: null);
        }
        catch (IOException exception)
        {
            throw Lost($"broke the connection: {exception.Message}", exception);
        }
    }

    /// <summary>Returns the exception for a Python peer that is there no longer.</summary>
    /// <param name="what">What it did.</param>
    /// <param name="cause">How that was noticed, or null.</param>
    /// <returns>The exception.</returns>
    public NetException Lost(string what, Exception? cause) => new(NetError.PeerLost, $"The Python peer at {address} {what}.", cause);

    private async Task<IDuplex> ConnectAsync(CancellationToken cancellationToken)
    {
        var target = new TransportAddress(setup.Transport.Name, address.Host, address.Port);
        if (!setup.MayConnect(target))
        {
            throw new NetException(NetError.PeerNotFound, $"{address} is not on this host; Python peers are called on this host only.");
        }

        await _connects.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await setup.Transport.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new NetException(NetError.PeerNotFound, $"The Python peer at {address} can't be reached: {exception.Message}", exception);
        }
        finally
        {
            _ = _connects.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(IDuplex duplex, CancellationToken cancellationToken)
    {
        var limit = setup.Calls.Options.MaxMessageBytes;
        var answer = new ArrayBufferWriter<byte>(PythonLimits.Message);
        while (true)
        {
            var count = await duplex.ReceiveAsync(answer.GetMemory(PythonLimits.Message), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return answer.WrittenMemory;
            }

            answer.Advance(count);
            if (answer.WrittenCount > limit)
            {
                throw new NetException(NetError.BadResult, $"The answer is longer than the limit of {limit} bytes.");
            }
        }
    }
}
