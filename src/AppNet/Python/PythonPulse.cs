using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>
/// Sees whether a Python peer still lives that takes long to answer: it answers other requests meanwhile, so it is asked for its info. One
/// question serves all who wait. Safe for use from many threads.
/// </summary>
internal sealed class PythonPulse
{
    /// <summary>How long an answer is waited for before the peer is asked, and between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly PythonClient _client;
    private readonly PythonFamily _family;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // Guarded by _gate. The question under way, or null.
    private Task<bool>? _question;

    /// <summary>Makes it.</summary>
    /// <param name="client">The way to the peer.</param>
    /// <param name="family">The wire.</param>
    /// <param name="time">The clock.</param>
    public PythonPulse(PythonClient client, PythonFamily family, TimeProvider time)
    {
        _client = client;
        _family = family;
        _time = time;
    }

    /// <summary>Waits for something that the peer does, for as long as it lives.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">Does it, until it is told to end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="NetException"><see cref="NetError.PeerLost"/>: the peer gives no sign of life.</exception>
    public async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(end.Token);
        while (true)
        {
            try
            {
                return await working.WaitAsync(Interval, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!working.IsCompleted)
            {
                if (!await IsAliveAsync().ConfigureAwait(false) && !working.IsCompleted)
                {
                    await end.CancelAsync().ConfigureAwait(false);
                    await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw _client.Lost(FormattableString.Invariant($"has given no sign of life for {Limit.TotalSeconds} s"), cause: null);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }

    private Task<bool> IsAliveAsync()
    {
        lock (_gate)
        {
            return _question is { IsCompleted: false } question ? question : _question = Task.Run(AskAsync);
        }
    }

    private async Task<bool> AskAsync()
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        try
        {
            return await PythonProbe.InfoAsync(_client, _family, limit.Token).ConfigureAwait(false) is not null;
        }
        catch (Exception exception) when (exception is NetException or OperationCanceledException)
        {
            return false;
        }
    }
}
