using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using AppNet.Transport;

namespace AppNet.Security;

/// <summary>A duplex inside TLS, of no use before <see cref="AuthenticateAsync"/> has succeeded.</summary>
/// <remarks>
/// <para>TLS itself never waits: encrypted bytes are received and sent here, by the calls of the duplex below that don't block, and TLS is
/// only asked to decrypt a record that is whole, and to encrypt. So a read loop keeps its ways of waiting.</para>
/// <para>What was encrypted must be sent, in order, before anything else. When the network takes only a part of it at once, a task of this
/// object's own (<c>_rest</c>) sends the remainder; until it has, <see cref="TrySend"/> takes nothing. It never fails: what went wrong
/// is thrown by the next send.</para>
/// </remarks>
internal sealed class TlsDuplex : IDuplex
{
    private const int MaxRecord = 16 * 1024;

    // So much is encrypted before it is sent.
    private const int Batch = 64 * 1024;

    private readonly IDuplex _inner;
    private readonly CipherStream _cipher;
    private readonly SslStream _tls;

    // Owned by who sends.
    private readonly List<ArraySegment<byte>> _sending = [];

    // Owned by who receives: decrypted bytes that nobody took yet.
    private byte[] _plain = [];
    private int _plainStart;
    private int _plainEnd;
    private bool _hasEnded;

    // Owned by who sends.
    private Task _rest = Task.CompletedTask;
    private bool _isSendingOver;

    // Why the rest could not be sent.
    private volatile Exception? _failure;

    private volatile bool _isDisposed;

    /// <summary>Puts TLS around a duplex.</summary>
    /// <param name="inner">The duplex, from now on owned by this object.</param>
    /// <param name="maxHandshakeBytes">How many bytes the other side may send until TLS has begun.</param>
    public TlsDuplex(IDuplex inner, int maxHandshakeBytes)
    {
        _inner = inner;
        _cipher = new CipherStream(inner, maxHandshakeBytes);
        _tls = new SslStream(_cipher, leaveInnerStreamOpen: false);
        Info = inner.Info with { Transport = TlsTransport.TransportName };
    }

    /// <inheritdoc/>
    public DuplexInfo Info { get; }

    /// <summary>Gets the name that the dialling side asked for, once TLS has begun.</summary>
    public string Name => _tls.TargetHostName;

    /// <summary>Does the handshake of TLS. Called once; the duplex is disposed when it fails.</summary>
    /// <param name="shake">Does it, of either side.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when the other side has proved itself. A dialling side doesn't know yet whether it was accepted.</returns>
    /// <exception cref="NotAcceptedException">One side did not accept the other.</exception>
    /// <exception cref="IOException">It failed otherwise.</exception>
    public async Task AuthenticateAsync(Func<SslStream, CancellationToken, Task> shake, CancellationToken cancellationToken)
    {
        try
        {
            await shake(_tls, cancellationToken).ConfigureAwait(false);
            _cipher.IsEstablished = true;
        }
        catch (Exception exception)
        {
            Dispose();
            throw exception switch
            {
                OperationCanceledException or IOException => exception,
                AuthenticationException => new NotAcceptedException(exception.InnerException?.Message ?? exception.Message, exception),
                _ => new IOException($"TLS with {Info.Remote} failed: {exception.Message}", exception),
            };
        }
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, TimeSpan timeout)
    {
        while (_plainStart == _plainEnd)
        {
            if (_hasEnded)
            {
                return Ended();
            }

            if (!Decrypt() && !_cipher.TryFill(timeout))
            {
                return -1;
            }
        }

        return TakeAll(buffer);
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_plainStart == _plainEnd)
        {
            if (_hasEnded)
            {
                return Ended();
            }

            if (!Decrypt() && !_cipher.TryFill(TimeSpan.Zero))
            {
                ReleasePlain();
                _ = await _cipher.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return TakeAll(buffer.Span);
    }

    /// <inheritdoc/>
    public int TrySend(List<ArraySegment<byte>> buffers)
    {
        ThrowIfBroken();
        if (!_rest.IsCompleted)
        {
            return 0;
        }

        var taken = 0;
        foreach (var buffer in buffers)
        {
            for (var offset = 0; offset < buffer.Count; offset += MaxRecord)
            {
                taken += Encrypt(buffer, offset);
                if (_cipher.Out.Count >= Batch && !TrySendOut())
                {
                    return taken;
                }
            }
        }

        _ = TrySendOut();
        return taken;
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _rest.WaitAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfBroken();
        foreach (var buffer in buffers)
        {
            for (var offset = 0; offset < buffer.Count; offset += MaxRecord)
            {
                _ = Encrypt(buffer, offset);
                if (_cipher.Out.Count >= Batch)
                {
                    await SendOutAsync(0, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await SendOutAsync(0, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void CompleteSending()
    {
        if (!_isSendingOver)
        {
            _isSendingOver = true;
            _rest = CompleteAsync(_rest);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _inner.Dispose();
            _tls.Dispose();
            _cipher.Dispose();
        }
    }

    private int Ended()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return 0;
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _plainEnd - _plainStart);
        _plain.AsSpan(_plainStart, count).CopyTo(buffer);
        _plainStart += count;
        return count;
    }

    // What has arrived together is given together, however many records it is: handled at once it is answered by one record, while
    // records that are handled one by one are answered by as many, and never grow together again.
    private int TakeAll(Span<byte> buffer)
    {
        var count = Take(buffer);
        while (count < buffer.Length && !_hasEnded && _cipher.HasRecord && Decrypt())
        {
            count += Take(buffer[count..]);
        }

        return count;
    }

    /// <summary>Decrypts a record, if one is here.</summary>
    /// <returns>Whether there was one, or the end.</returns>
    private bool Decrypt()
    {
        if (!_cipher.HasRecord && !_cipher.HasEnded)
        {
            return false;
        }

        if (_plain.Length == 0)
        {
            _plain = ArrayPool<byte>.Shared.Rent(MaxRecord);
        }

        _plainStart = _plainEnd = 0;
        try
        {
            _plainEnd = _tls.Read(_plain, 0, _plain.Length);
            _hasEnded = _plainEnd == 0;
        }
        catch (NothingHere)
        {
            // It was a record of TLS itself.
        }
        catch (Exception exception) when (exception is not IOException and not ObjectDisposedException)
        {
            throw new IOException($"Receiving from {Info.Remote} failed: {exception.Message}", exception);
        }

        return true;
    }

    private void ReleasePlain()
    {
        if (_plain.Length > 0)
        {
            // What was read is of no concern to who rents the array next.
            CryptographicOperations.ZeroMemory(_plain.AsSpan(0, _plainEnd));
            ArrayPool<byte>.Shared.Return(_plain);
            _plain = [];
            _plainStart = _plainEnd = 0;
        }
    }

    private int Encrypt(in ArraySegment<byte> buffer, int offset)
    {
        var count = Math.Min(MaxRecord, buffer.Count - offset);
        try
        {
            _tls.Write(buffer.AsSpan(offset, count));
            return count;
        }
        catch (Exception exception) when (exception is not IOException and not ObjectDisposedException)
        {
            throw new IOException($"Sending to {Info.Remote} failed: {exception.Message}", exception);
        }
    }

    /// <summary>Sends what is encrypted; what the network does not take at once is left to a task.</summary>
    /// <returns>Whether all was taken.</returns>
    private bool TrySendOut()
    {
        if (_cipher.Out.Count == 0)
        {
            return true;
        }

        Offer(0);
        var sent = _inner.TrySend(_sending);
        if (sent < _cipher.Out.Count)
        {
            _rest = SendRestAsync(sent);
            return false;
        }

        _cipher.ClearOut();
        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever sends next learns what went wrong.")]
    private async Task SendRestAsync(int sent)
    {
        try
        {
            await SendOutAsync(sent, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    private async ValueTask SendOutAsync(int sent, CancellationToken cancellationToken)
    {
        if (_cipher.Out.Count > sent)
        {
            Offer(sent);
            await _inner.SendAsync(_sending, cancellationToken).ConfigureAwait(false);
        }

        _cipher.ClearOut();
    }

    private void Offer(int sent)
    {
        _sending.Clear();
        _sending.Add(_cipher.Out.Slice(sent));
    }

    [SuppressMessage("Design", "CA1031", Justification = "As a duplex promises, it does nothing where the path is gone already.")]
    private async Task CompleteAsync(Task before)
    {
        try
        {
            await before.ConfigureAwait(false);
            await _tls.ShutdownAsync().ConfigureAwait(false);
            await SendOutAsync(0, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        _inner.CompleteSending();
    }

    private void ThrowIfBroken()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (_isSendingOver)
        {
            throw new IOException($"Sending to {Info.Remote} failed: this side has ended its sending.");
        }
    }
}
