using System.ComponentModel;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>
/// One execution of a connected function, as its generated invoker sees it. Exactly one <c>Return</c> method is called, once,
/// from within <see cref="ConnectionDefinition.Invoke"/>. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Invocation
{
    /// <summary>Only the library runs calls.</summary>
    private protected Invocation()
    {
    }

    /// <summary>
    /// Gets the token that ends when the caller cancels, the deadline passes or the link is lost. Only for functions that say
    /// <see cref="ConnectionDefinition.IsCancellable"/>.
    /// </summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public abstract JsonSerializerOptions SerializerOptions { get; }

    /// <summary>Says that all arguments are read and the function runs from here on.</summary>
    /// <param name="arguments">The arguments, of which none may be left.</param>
    /// <exception cref="NetException">There are arguments that the function has no parameter for.</exception>
    public void Begin(ref ArgumentReader arguments)
    {
        arguments.End();
        HasBegun = true;
    }

    /// <summary>Ends the call of a function without a result.</summary>
    public abstract void Return();

    /// <summary>Ends the call with a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="result">The result.</param>
    /// <param name="codec">How it is written.</param>
    public abstract void Return<T>(T result, ValueCodec<T> codec);

    /// <summary>Ends the call when the task ends.</summary>
    /// <param name="task">The running function.</param>
    public abstract void Return(Task task);

    /// <summary>Ends the call when the task ends.</summary>
    /// <param name="task">The running function.</param>
    public abstract void Return(ValueTask task);

    /// <summary>Ends the call with the task's result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The running function.</param>
    /// <param name="codec">How the result is written.</param>
    public abstract void Return<T>(Task<T> task, ValueCodec<T> codec);

    /// <summary>Ends the call with the task's result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The running function.</param>
    /// <param name="codec">How the result is written.</param>
    public abstract void Return<T>(ValueTask<T> task, ValueCodec<T> codec);

    /// <summary>Gets the call's context, whose type belongs to the calls' floor.</summary>
    internal abstract object Context { get; }

    /// <summary>Gets or sets whether the arguments are read, so that what fails now is the function.</summary>
    internal bool HasBegun { get; set; }
}
