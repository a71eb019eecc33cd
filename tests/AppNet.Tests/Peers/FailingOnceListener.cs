using AppNet.Transport;

namespace AppNet.Tests.Peers;

/// <summary>A listener that fails the first time it is asked, as one does while the process has no file to spare.</summary>
internal sealed class FailingOnceListener(IDuplexListener inner) : IDuplexListener
{
    private bool _hasFailed;

    public TransportAddress Address => inner.Address;

    public ValueTask<IDuplex> AcceptAsync(CancellationToken cancellationToken)
    {
        if (_hasFailed)
        {
            return inner.AcceptAsync(cancellationToken);
        }

        _hasFailed = true;
        throw new IOException("Too many open files.");
    }

    public void Dispose() => inner.Dispose();
}
