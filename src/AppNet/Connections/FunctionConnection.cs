using System.Text.Json.Serialization.Metadata;

namespace AppNet.Connections;

/// <summary>
/// Describes functions without reflection, for trimmed programs: a <see cref="JsonTypeInfo{T}"/> stands for each argument and
/// the result. Asynchronous functions take the call's token last. Without names the parameters are arg1 and so on.
/// </summary>
internal static class FunctionConnection
{
    /// <summary>Describes a function of no parameters.</summary>
    public static ConnectionDefinition Create<TResult>(string tag, Func<TResult> function, JsonTypeInfo<TResult> result) =>
        Of<TResult>(tag, result, isCancellable: false, (in _, invocation, codec) => invocation.Return(function(), codec));

    /// <summary>Describes an asynchronous function of no parameters.</summary>
    public static ConnectionDefinition Create<TResult>(
        string tag, Func<CancellationToken, Task<TResult>> function, JsonTypeInfo<TResult> result) =>
        Of<TResult>(tag, result, isCancellable: true, (in _, invocation, codec) => invocation.Return(function(invocation.CancellationToken), codec));

    /// <summary>Describes a function of one parameter.</summary>
    public static ConnectionDefinition Create<T1, TResult>(
        string tag,
        Func<T1, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        Of(tag, argument1, result, names, isCancellable: false, (in arguments, invocation, codec) => invocation.Return(function(arguments.Item1), codec));

    /// <summary>Describes an asynchronous function of one parameter.</summary>
    public static ConnectionDefinition Create<T1, TResult>(
        string tag,
        Func<T1, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        Of(
            tag,
            argument1,
            result,
            names,
            isCancellable: true,
            (in arguments, invocation, codec) => invocation.Return(function(arguments.Item1, invocation.CancellationToken), codec));

    /// <summary>Describes a function of two parameters.</summary>
    public static ConnectionDefinition Create<T1, T2, TResult>(
        string tag,
        Func<T1, T2, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        Of(
            tag,
            argument1,
            argument2,
            result,
            names,
            isCancellable: false,
            (in arguments, invocation, codec) => invocation.Return(function(arguments.Item1, arguments.Item2), codec));

    /// <summary>Describes an asynchronous function of two parameters.</summary>
    public static ConnectionDefinition Create<T1, T2, TResult>(
        string tag,
        Func<T1, T2, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names) =>
        Of(
            tag,
            argument1,
            argument2,
            result,
            names,
            isCancellable: true,
            (in arguments, invocation, codec) =>
                invocation.Return(function(arguments.Item1, arguments.Item2, invocation.CancellationToken), codec));

    private static FunctionConnection<ValueTuple, TResult> Of<TResult>(
        string tag, JsonTypeInfo<TResult> result, bool isCancellable, FunctionRunning<ValueTuple, TResult> run) =>
        new(tag, [], (ref _) => default, (ref _, in _) => { }, run, new TypeInfoCodec<TResult>(result), isCancellable);

    private static FunctionConnection<ValueTuple<T1>, TResult> Of<T1, TResult>(
        string tag,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        IReadOnlyList<string> names,
        bool isCancellable,
        FunctionRunning<ValueTuple<T1>, TResult> run)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        return new(
            tag,
            ParametersOf(names, typeof(T1)),
            (ref reader) => new(reader.Read(codec1)),
            (ref writer, in arguments) => writer.Write(codec1, arguments.Item1),
            run,
            new TypeInfoCodec<TResult>(result),
            isCancellable);
    }

    private static FunctionConnection<(T1, T2), TResult> Of<T1, T2, TResult>(
        string tag,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        IReadOnlyList<string> names,
        bool isCancellable,
        FunctionRunning<(T1, T2), TResult> run)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        return new(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
            },
            run,
            new TypeInfoCodec<TResult>(result),
            isCancellable);
    }

    private static ConnectionParameter[] ParametersOf(IReadOnlyList<string> names, params ReadOnlySpan<Type> types)
    {
        if (names.Count != 0 && names.Count != types.Length)
        {
            throw new ArgumentException(
                $"The function has {types.Length} parameters, but {names.Count} names are given.",
                nameof(names));
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException("Two parameters have one name.", nameof(names));
        }

        var parameters = new ConnectionParameter[types.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new ConnectionParameter(names.Count == 0 ? $"arg{i + 1}" : names[i], types[i]);
        }

        return parameters;
    }
}
