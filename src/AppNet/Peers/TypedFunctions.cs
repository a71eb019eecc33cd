using System.Text.Json.Serialization.Metadata;
using AppNet.Connections;

namespace AppNet;

/// <summary>
/// Functions offered by delegate in trimmed programs: a <see cref="JsonTypeInfo{T}"/> stands for each argument and the result. The last one
/// registered under a tag wins; a warning names both.
/// </summary>
public static class TypedFunctions
{
    /// <summary>Offers a function under a tag, without reflection.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer that offers it.</param>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">The function.</param>
    /// <param name="result">How the result is written.</param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none.</exception>
    public static Connection Connect<TResult>(
        this LocalPeer peer,
        string tag,
        Func<TResult> function,
        JsonTypeInfo<TResult> result) =>
        peer.Offer(FunctionConnection.Create(tag, function, result));

    /// <summary>Offers an asynchronous function under a tag, without reflection.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer that offers it.</param>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">The function, whose token ends when the caller gives up.</param>
    /// <param name="result">How the result is written.</param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none.</exception>
    public static Connection Connect<TResult>(
        this LocalPeer peer,
        string tag,
        Func<CancellationToken, Task<TResult>> function,
        JsonTypeInfo<TResult> result) =>
        peer.Offer(FunctionConnection.Create(tag, function, result));

    /// <summary>Offers a function under a tag, without reflection.</summary>
    /// <typeparam name="T1">The first argument.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer that offers it.</param>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">The function.</param>
    /// <param name="argument1">How the first argument is read.</param>
    /// <param name="result">How the result is written.</param>
    /// <param name="names">The parameters' names, for calls that name arguments; left out: <c>arg1</c>, <c>arg2</c>.</param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none.</exception>
    public static Connection Connect<T1, TResult>(
        this LocalPeer peer,
        string tag,
        Func<T1, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        peer.Offer(FunctionConnection.Create(tag, function, argument1, result, names));

    /// <summary>Offers an asynchronous function under a tag, without reflection.</summary>
    /// <typeparam name="T1">The first argument.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer that offers it.</param>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">The function, whose token ends when the caller gives up.</param>
    /// <param name="argument1">How the first argument is read.</param>
    /// <param name="result">How the result is written.</param>
    /// <param name="names">The parameters' names, for calls that name arguments; left out: <c>arg1</c>, <c>arg2</c>.</param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none.</exception>
    public static Connection Connect<T1, TResult>(
        this LocalPeer peer,
        string tag,
        Func<T1, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        peer.Offer(FunctionConnection.Create(tag, function, argument1, result, names));

    /// <summary>Offers a function under a tag, without reflection.</summary>
    /// <typeparam name="T1">The first argument.</typeparam>
    /// <typeparam name="T2">The second argument.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer that offers it.</param>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">The function.</param>
    /// <param name="argument1">How the first argument is read.</param>
    /// <param name="argument2">How the second argument is read.</param>
    /// <param name="result">How the result is written.</param>
    /// <param name="names">The parameters' names, for calls that name arguments; left out: <c>arg1</c>, <c>arg2</c>.</param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none.</exception>
    public static Connection Connect<T1, T2, TResult>(
        this LocalPeer peer,
        string tag,
        Func<T1, T2, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        peer.Offer(FunctionConnection.Create(tag, function, argument1, argument2, result, names));

    /// <summary>Offers an asynchronous function under a tag, without reflection.</summary>
    /// <typeparam name="T1">The first argument.</typeparam>
    /// <typeparam name="T2">The second argument.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer that offers it.</param>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">The function, whose token ends when the caller gives up.</param>
    /// <param name="argument1">How the first argument is read.</param>
    /// <param name="argument2">How the second argument is read.</param>
    /// <param name="result">How the result is written.</param>
    /// <param name="names">The parameters' names, for calls that name arguments; left out: <c>arg1</c>, <c>arg2</c>.</param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none.</exception>
    public static Connection Connect<T1, T2, TResult>(
        this LocalPeer peer,
        string tag,
        Func<T1, T2, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        peer.Offer(FunctionConnection.Create(tag, function, argument1, argument2, result, names));
}
