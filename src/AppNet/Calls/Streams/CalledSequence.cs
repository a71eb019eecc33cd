namespace AppNet.Calls;

/// <summary>
/// A result that is a stream, as its caller has it: calls when it is first read, as an iterator runs only then. It is read once.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="tag">The function, for messages.</param>
/// <param name="call">Calls it.</param>
/// <param name="limit">How long call and stream may take together; null: without a limit.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class CalledSequence<T>(
    string tag,
    Func<CancellationToken, Task<IAsyncEnumerable<T>>> call,
    TimeSpan? limit,
    TimeProvider time,
    CancellationToken cancellationToken) : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private int _isTaken;
    private CancellationTokenSource? _either;
    private CancellationToken _token;
    private IAsyncEnumerator<T>? _items;
    private ITimer? _deadline;

    /// <inheritdoc/>
    public T Current => _items is null ? default! : _items.Current;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Somebody reads it, or has read it.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationTokenOfReader = default)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            throw new InvalidOperationException(
                $"The stream of '{tag}' is read once. Keep its items, or call the function again for another stream.");
        }

        _token = cancellationToken;
        if (cancellationTokenOfReader.CanBeCanceled && cancellationTokenOfReader != cancellationToken)
        {
            if (cancellationToken.CanBeCanceled)
            {
                _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cancellationTokenOfReader);
                _token = _either.Token;
            }
            else
            {
                _token = cancellationTokenOfReader;
            }
        }

        return this;
    }

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync() => _items is { } items ? items.MoveNextAsync() : BeginAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_deadline is not null)
        {
            await _deadline.DisposeAsync().ConfigureAwait(false);
        }

        if (_items is not null)
        {
            await _items.DisposeAsync().ConfigureAwait(false);
        }

        _either?.Dispose();
    }

    private async ValueTask<bool> BeginAsync()
    {
        var beganAt = time.GetTimestamp();
        var stream = await call(_token).ConfigureAwait(false)
            ?? throw new NetException(NetError.BadResult, $"'{tag}' has returned null instead of a stream.");
        _items = stream.GetAsyncEnumerator(_token);
        if (limit is { } whole && _items is IncomingItems<T> incoming)
        {
            var left = whole - time.GetElapsedTime(beganAt);
            _deadline = time.CreateTimer(
                _ => incoming.Cancel(new NetException(
                    NetError.TimedOut,
                    $"The stream of '{tag}' did not end within {whole.TotalSeconds:0.###} s. The function may have run.")),
                state: null,
                left > TimeSpan.Zero ? left : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
        }

        return await _items.MoveNextAsync().ConfigureAwait(false);
    }
}
