namespace AppNet;

/// <summary>How one peer's part of a call to many ended.</summary>
/// <typeparam name="T">The result.</typeparam>
public sealed class PeerOutcome<T>
{
    private readonly T? _value;

    internal PeerOutcome(Peer peer, T? value, Exception? exception)
    {
        Peer = peer;
        _value = value;
        Exception = exception;
    }

    /// <summary>Gets the peer.</summary>
    public Peer Peer { get; }

    /// <summary>Gets whether there is a value.</summary>
    public bool IsSuccess => Exception is null;

    /// <summary>Gets why there is none, or null.</summary>
    public Exception? Exception { get; }

    /// <summary>Gets the value.</summary>
    /// <exception cref="InvalidOperationException">There is none; <see cref="Exception"/>, which is the inner one, says why.</exception>
    public T Value => Exception is null
        ? _value!
        : throw new InvalidOperationException($"{Peer} gave no value: {Exception.Message}", Exception);

    /// <summary>Returns the peer and how it ended.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Exception is null ? $"{Peer}: {_value}" : $"{Peer}: {Exception.Message}";
}
