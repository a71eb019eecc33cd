using System.Text.Json.Serialization.Metadata;

namespace AppNet.Connections;

/// <summary>
/// Describes functions without reflection, for trimmed programs: a <see cref="JsonTypeInfo{T}"/> stands for each argument and
/// the result. Asynchronous functions take the call's token last.
/// </summary>
internal static class FunctionConnection
{
    /// <summary>Describes a function of no parameters.</summary>
    public static ConnectionDefinition Create<TResult>(
        string tag,
        Func<TResult> function,
        JsonTypeInfo<TResult> result)
    {
        return new FunctionConnection<ValueTuple, TResult>(
            tag,
            [],
            (ref _) => default,
            (ref _, in _) => { },
            (in _, invocation, codec) => invocation.Return(function(), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: false);
    }

    /// <summary>Describes an asynchronous function of no parameters.</summary>
    public static ConnectionDefinition Create<TResult>(
        string tag,
        Func<CancellationToken, Task<TResult>> function,
        JsonTypeInfo<TResult> result)
    {
        return new FunctionConnection<ValueTuple, TResult>(
            tag,
            [],
            (ref _) => default,
            (ref _, in _) => { },
            (in _, invocation, codec) => invocation.Return(function(invocation.CancellationToken), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: true);
    }

    /// <summary>Describes a function of one parameter.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, TResult>(
        string tag,
        Func<T1, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        return new FunctionConnection<ValueTuple<T1>, TResult>(
            tag,
            ParametersOf(names, typeof(T1)),
            (ref reader) => new(reader.Read(codec1)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
            },
            (in arguments, invocation, codec) => invocation.Return(function(arguments.Item1), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: false);
    }

    /// <summary>Describes an asynchronous function of one parameter.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, TResult>(
        string tag,
        Func<T1, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        return new FunctionConnection<ValueTuple<T1>, TResult>(
            tag,
            ParametersOf(names, typeof(T1)),
            (ref reader) => new(reader.Read(codec1)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
            },
            (in arguments, invocation, codec) =>
                invocation.Return(function(arguments.Item1, invocation.CancellationToken), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: true);
    }

    /// <summary>Describes a function of two parameters.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, T2, TResult>(
        string tag,
        Func<T1, T2, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        return new FunctionConnection<(T1, T2), TResult>(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
            },
            (in arguments, invocation, codec) => invocation.Return(function(arguments.Item1, arguments.Item2), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: false);
    }

    /// <summary>Describes an asynchronous function of two parameters.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, T2, TResult>(
        string tag,
        Func<T1, T2, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        return new FunctionConnection<(T1, T2), TResult>(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
            },
            (in arguments, invocation, codec) =>
                invocation.Return(function(arguments.Item1, arguments.Item2, invocation.CancellationToken), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: true);
    }

    /// <summary>Describes a function of three parameters.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, T2, T3, TResult>(
        string tag,
        Func<T1, T2, T3, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<T3> argument3,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        var codec3 = new TypeInfoCodec<T3>(argument3);
        return new FunctionConnection<(T1, T2, T3), TResult>(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2), typeof(T3)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2), reader.Read(codec3)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
                writer.Write(codec3, arguments.Item3);
            },
            (in arguments, invocation, codec) =>
                invocation.Return(function(arguments.Item1, arguments.Item2, arguments.Item3), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: false);
    }

    /// <summary>Describes an asynchronous function of three parameters.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, T2, T3, TResult>(
        string tag,
        Func<T1, T2, T3, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<T3> argument3,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        var codec3 = new TypeInfoCodec<T3>(argument3);
        return new FunctionConnection<(T1, T2, T3), TResult>(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2), typeof(T3)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2), reader.Read(codec3)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
                writer.Write(codec3, arguments.Item3);
            },
            (in arguments, invocation, codec) =>
                invocation.Return(
                    function(arguments.Item1, arguments.Item2, arguments.Item3, invocation.CancellationToken),
                    codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: true);
    }

    /// <summary>Describes a function of four parameters.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, T2, T3, T4, TResult>(
        string tag,
        Func<T1, T2, T3, T4, TResult> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<T3> argument3,
        JsonTypeInfo<T4> argument4,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        var codec3 = new TypeInfoCodec<T3>(argument3);
        var codec4 = new TypeInfoCodec<T4>(argument4);
        return new FunctionConnection<(T1, T2, T3, T4), TResult>(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2), typeof(T3), typeof(T4)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2), reader.Read(codec3), reader.Read(codec4)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
                writer.Write(codec3, arguments.Item3);
                writer.Write(codec4, arguments.Item4);
            },
            (in arguments, invocation, codec) =>
                invocation.Return(function(arguments.Item1, arguments.Item2, arguments.Item3, arguments.Item4), codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: false);
    }

    /// <summary>Describes an asynchronous function of four parameters.</summary>
    /// <remarks>Without names the parameters are arg1 and so on.</remarks>
    public static ConnectionDefinition Create<T1, T2, T3, T4, TResult>(
        string tag,
        Func<T1, T2, T3, T4, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<T1> argument1,
        JsonTypeInfo<T2> argument2,
        JsonTypeInfo<T3> argument3,
        JsonTypeInfo<T4> argument4,
        JsonTypeInfo<TResult> result,
        params IReadOnlyList<string> names)
    {
        var codec1 = new TypeInfoCodec<T1>(argument1);
        var codec2 = new TypeInfoCodec<T2>(argument2);
        var codec3 = new TypeInfoCodec<T3>(argument3);
        var codec4 = new TypeInfoCodec<T4>(argument4);
        return new FunctionConnection<(T1, T2, T3, T4), TResult>(
            tag,
            ParametersOf(names, typeof(T1), typeof(T2), typeof(T3), typeof(T4)),
            (ref reader) => (reader.Read(codec1), reader.Read(codec2), reader.Read(codec3), reader.Read(codec4)),
            (ref writer, in arguments) =>
            {
                writer.Write(codec1, arguments.Item1);
                writer.Write(codec2, arguments.Item2);
                writer.Write(codec3, arguments.Item3);
                writer.Write(codec4, arguments.Item4);
            },
            (in arguments, invocation, codec) =>
                invocation.Return(
                    function(arguments.Item1, arguments.Item2, arguments.Item3, arguments.Item4, invocation.CancellationToken),
                    codec),
            new TypeInfoCodec<TResult>(result),
            isCancellable: true);
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
