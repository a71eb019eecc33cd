using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AppNet;

/// <summary>
/// The exceptions that are thrown here as their own type when a function on another peer threw them: common ones of the base
/// library, and those added by the user. Everything else is thrown as <see cref="RemoteException"/>. No type is ever made by a name that
/// came from elsewhere: each is made by its factory here. Safe for use from many threads.
/// </summary>
public sealed class KnownExceptions
{
    private readonly ConcurrentDictionary<string, Func<RemoteException, Exception>> _factories = new(StringComparer.Ordinal);

    [SuppressMessage("Usage", "CA2201", Justification = "Thrown there by the runtime; here it is rebuilt.")]
    [SuppressMessage("Usage", "MA0015", Justification = "The parameter's name is part of the message that came.")]
    internal KnownExceptions()
    {
        Add(remote => new ArgumentException(remote.RemoteMessage, remote));
        Add(remote => new ArgumentNullException(remote.RemoteMessage, remote));
        Add(remote => new ArgumentOutOfRangeException(remote.RemoteMessage, remote));
        Add(remote => new ArithmeticException(remote.RemoteMessage, remote));
        Add(remote => new DivideByZeroException(remote.RemoteMessage, remote));
        Add(remote => new OverflowException(remote.RemoteMessage, remote));
        Add(remote => new FormatException(remote.RemoteMessage, remote));
        Add(remote => new InvalidOperationException(remote.RemoteMessage, remote));
        Add(remote => new InvalidCastException(remote.RemoteMessage, remote));
        Add(remote => new NotSupportedException(remote.RemoteMessage, remote));
        Add(remote => new KeyNotFoundException(remote.RemoteMessage, remote));
        Add(remote => new InvalidDataException(remote.RemoteMessage, remote));
        Add(remote => new IOException(remote.RemoteMessage, remote));
        Add(remote => new EndOfStreamException(remote.RemoteMessage, remote));
        Add(remote => new FileNotFoundException(remote.RemoteMessage, remote));
        Add(remote => new DirectoryNotFoundException(remote.RemoteMessage, remote));
        Add(remote => new UnauthorizedAccessException(remote.RemoteMessage, remote));
        Add(remote => new TimeoutException(remote.RemoteMessage, remote));
        _factories[typeof(NotImplementedException).FullName!] = remote => new NotImplementedException(remote.RemoteMessage, remote);
        _factories[typeof(IndexOutOfRangeException).FullName!] = remote => new IndexOutOfRangeException(remote.RemoteMessage, remote);
        _factories[typeof(NullReferenceException).FullName!] = remote => new NullReferenceException(remote.RemoteMessage, remote);
    }

    /// <summary>Adds an exception, or replaces how it is made.</summary>
    /// <typeparam name="TException">The exception; the peer's is recognised by its full name.</typeparam>
    /// <param name="factory">
    /// Makes it. It should keep what it is given as the inner exception. When it throws, the remote exception is thrown as it is.
    /// </param>
    public void Add<TException>(Func<RemoteException, TException> factory)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(factory);
        var type = typeof(TException);
        if (typeof(NetException).IsAssignableFrom(type) || typeof(OperationCanceledException).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} can't be added: thrown here it would speak of a call that is not the caller's.", nameof(factory));
        }

        _factories[type.FullName!] = factory;
    }

    /// <summary>Makes what the caller gets.</summary>
    /// <param name="remote">What the peer's function threw.</param>
    /// <returns>An exception of its own type with the remote one inside, or the remote one.</returns>
    internal Exception Rebuild(RemoteException remote)
    {
        if (!_factories.TryGetValue(remote.RemoteType, out var factory))
        {
            return remote;
        }

        try
        {
            return factory(remote) ?? remote;
        }
        catch (Exception)
        {
            return remote;
        }
    }
}
