using System.Diagnostics.CodeAnalysis;

namespace AppNet.TestKit;

/// <summary>What goes wrong in one direction of one <see cref="FaultyDuplex"/>. Changed at any time, from any thread.</summary>
/// <param name="seed">Where its chance begins.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no handle: it holds nothing.")]
internal sealed class FaultyDirection(int seed)
{
    private readonly Lock _gate = new();

    // All guarded by _gate.
    private readonly Random _random = new(seed);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _changedSource = new();
    private FaultMode _mode;
    private long _left = long.MaxValue;
    private int _largestPiece = int.MaxValue;
    private long _passed;

    /// <summary>Gets what happens to bytes now.</summary>
    public FaultMode Mode
    {
        get
        {
            lock (_gate)
            {
                return _mode;
            }
        }
    }

    /// <summary>Gets how many bytes have passed.</summary>
    public long Passed
    {
        get
        {
            lock (_gate)
            {
                return _passed;
            }
        }
    }

    /// <summary>Gets a task that ends when the mode changes next.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Gets a token that is cancelled when the mode changes next.</summary>
    public CancellationToken ChangedToken
    {
        get
        {
            lock (_gate)
            {
                return _changedSource.Token;
            }
        }
    }

    /// <summary>Lets bytes pass, those held back first.</summary>
    public void Pass() => Become(FaultMode.Pass);

    /// <summary>Holds bytes back until <see cref="Pass"/>. A send that is waiting may still get its current piece through.</summary>
    public void Hold() => Become(FaultMode.Hold);

    /// <summary>Loses bytes.</summary>
    public void Drop() => Become(FaultMode.Drop);

    /// <summary>Fails each operation, and waiting receives, with an <see cref="IOException"/>; the other direction goes on.</summary>
    public void Fail() => Become(FaultMode.Fail);

    /// <summary>Breaks the whole path once more bytes have passed.</summary>
    /// <param name="count">How many more; at least 1.</param>
    public void CutAfter(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_gate)
        {
            _left = count;
        }
    }

    /// <summary>Breaks the whole path after a number of bytes that the seed decides.</summary>
    /// <param name="most">The most it may be.</param>
    /// <returns>The number.</returns>
    public long CutWithin(int most)
    {
        lock (_gate)
        {
            _left = _random.Next(1, most + 1);
            return _left;
        }
    }

    /// <summary>Lets bytes pass in small pieces, whose sizes the seed decides.</summary>
    /// <param name="largestPiece">The size of the largest; 1: byte by byte.</param>
    public void Slow(int largestPiece = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestPiece, 1);
        lock (_gate)
        {
            _largestPiece = largestPiece;
        }
    }

    /// <summary>Says how many bytes may go next.</summary>
    /// <param name="wanted">How many there are.</param>
    /// <returns>How many of them; at least 1 when any is wanted.</returns>
    public int NextPiece(int wanted)
    {
        lock (_gate)
        {
            int piece = _largestPiece == int.MaxValue ? wanted : Math.Min(wanted, _random.Next(1, _largestPiece + 1));
            return (int)Math.Min(piece, _left);
        }
    }

    /// <summary>Counts bytes that have passed.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Whether the path is to be cut now.</returns>
    public bool Count(int count)
    {
        lock (_gate)
        {
            _passed += count;
            if (_left != long.MaxValue)
            {
                _left -= count;
            }

            return _left == 0;
        }
    }

    private void Become(FaultMode mode)
    {
        TaskCompletionSource changed;
        CancellationTokenSource changedSource;
        lock (_gate)
        {
            _mode = mode;
            changed = _changed;
            changedSource = _changedSource;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _changedSource = new CancellationTokenSource();
        }

        changed.TrySetResult();
        changedSource.Cancel();
    }
}
