using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace AppNet.Connections;

/// <summary>
/// One execution of a connected function, as its generated invoker sees it. Exactly one <c>Return</c> method is called, once,
/// from within <see cref="ConnectionDefinition.Invoke"/>. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Invocation
{
    private AsyncServiceScope? _scope;

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

    /// <summary>
    /// Returns the service whose method is the function, from a scope of this call's own that ends before the call does. Called after
    /// <see cref="Begin"/>.
    /// </summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <returns>The service.</returns>
    /// <exception cref="NetException"><see cref="NetError.Refused"/>: there is no such service here. The function has not run.</exception>
    public T GetService<T>()
        where T : class
    {
        // What fails here is not the function.
        HasBegun = false;
        var service = FindService(typeof(T)) as T ?? throw ServiceErrors.Missing(typeof(T), hasServices: Services is not null);
        HasBegun = true;
        return service;
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

    /// <summary>Gets where the services are found whose methods are functions, or null.</summary>
    internal virtual IServiceProvider? Services => null;

    /// <summary>Sees that a function has returned a task.</summary>
    /// <typeparam name="T">The kind of task.</typeparam>
    /// <param name="task">What it returned.</param>
    /// <param name="function">The function.</param>
    /// <returns>The task.</returns>
    /// <exception cref="InvalidOperationException">It is null.</exception>
    private protected static T Checked<T>(T? task, string function)
        where T : Task => task ?? throw new InvalidOperationException(
            $"'{function}' has returned null in place of a Task. Return Task.CompletedTask or Task.FromResult(…), or make it async.");

    /// <summary>Gets the call's context, whose type belongs to the calls' floor.</summary>
    internal abstract object Context { get; }

    /// <summary>Opens a callback that came as an argument, for as long as the call lasts.</summary>
    /// <param name="number">Its number in the call.</param>
    /// <returns>Where its calls go, or null when calls of this kind have none.</returns>
    internal virtual ProxyCaller? OpenCallback(int number) => null;

    /// <summary>Gets or sets whether the arguments are read, so that what fails now is the function.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>Hands over the scope of the call's service, for whoever ends the call to end it.</summary>
    /// <returns>The scope, or null when there is none or it was handed over before.</returns>
    private protected AsyncServiceScope? TakeScope()
    {
        var scope = _scope;
        _scope = null;
        return scope;
    }

    private object? FindService(Type type)
    {
        try
        {
            _scope ??= Services?.CreateAsyncScope();
            return _scope?.ServiceProvider.GetService(type);
        }
        catch (Exception exception)
        {
            // Constructors are user code: whatever they throw, the function has not run.
            throw ServiceErrors.Unmade(type, exception);
        }
    }
}
