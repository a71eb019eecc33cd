namespace AppNet.Connections;

/// <summary>Hands what a delegate returned to its call.</summary>
internal abstract class ResultReturner
{
    /// <summary>Ends the call, at once or with the task.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="returned">What the delegate returned.</param>
    public abstract void Return(Invocation invocation, object? returned);
}

/// <summary>Of a function without a result.</summary>
internal sealed class NothingReturner : ResultReturner
{
    /// <inheritdoc/>
    public override void Return(Invocation invocation, object? returned) => invocation.Return();
}

/// <summary>Of a function that returns its result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class ValueReturner<T> : ResultReturner
{
    private readonly ValueCodec<T> _codec = KnownCodecs.Of<T>();

    /// <inheritdoc/>
    public override void Return(Invocation invocation, object? returned) => invocation.Return((T)returned!, _codec);
}

/// <summary>Of an asynchronous function without a result.</summary>
internal sealed class TaskReturner : ResultReturner
{
    /// <inheritdoc/>
    public override void Return(Invocation invocation, object? returned) => invocation.Return((Task)returned!);
}

/// <summary>Of an asynchronous function with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class TaskReturner<T> : ResultReturner
{
    private readonly ValueCodec<T> _codec = KnownCodecs.Of<T>();

    /// <inheritdoc/>
    public override void Return(Invocation invocation, object? returned) =>
        invocation.Return((Task<T>)returned!, _codec);
}

/// <summary>Of an asynchronous function without a result.</summary>
internal sealed class ValueTaskReturner : ResultReturner
{
    /// <inheritdoc/>
    public override void Return(Invocation invocation, object? returned) => invocation.Return((ValueTask)returned!);
}

/// <summary>Of an asynchronous function with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class ValueTaskReturner<T> : ResultReturner
{
    private readonly ValueCodec<T> _codec = KnownCodecs.Of<T>();

    /// <inheritdoc/>
    public override void Return(Invocation invocation, object? returned) =>
        invocation.Return((ValueTask<T>)returned!, _codec);
}
