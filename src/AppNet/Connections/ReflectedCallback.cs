using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace AppNet.Connections;

/// <summary>Finds how the callbacks travel that are parameters of a delegate, by reflection over their types.</summary>
[RequiresUnreferencedCode(DelegateShape.Reason)]
[RequiresDynamicCode(DelegateShape.Reason)]
internal static class ReflectedCallback
{
    /// <summary>Returns the codec of a callback.</summary>
    /// <param name="type">The parameter's type.</param>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The codec, or null when the type is none that is called back.</returns>
    public static object? CodecOf(Type type, string name)
    {
        if (type.IsInterface && ContractCatalogue.Find(type) is ContractDefinition contract)
        {
            return Activator.CreateInstance(typeof(CallbackCodec<>).MakeGenericType(type), contract);
        }

        if (!type.IsSubclassOf(typeof(MulticastDelegate)) || ResultOf(type) is not Type result)
        {
            return null;
        }

        object definition = Activator.CreateInstance(typeof(ReflectedCallback<,>).MakeGenericType(type, result), name)!;
        return Activator.CreateInstance(typeof(CallbackCodec<>).MakeGenericType(type), definition);
    }

    /// <summary>Returns the result of a delegate without the task around it, or null when it does not return a task or nothing.</summary>
    private static Type? ResultOf(Type type)
    {
        Type returned = type.GetMethod("Invoke")!.ReturnType;
        if (returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask))
        {
            return typeof(NoResult);
        }

        Type? open = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        return open == typeof(Task<>) || open == typeof(ValueTask<>) ? returned.GenericTypeArguments[0] : null;
    }
}

/// <summary>A delegate that is called back, with its arguments as they come.</summary>
/// <typeparam name="TDelegate">The delegate.</typeparam>
/// <typeparam name="TResult">Its result, without the task around it.</typeparam>
[RequiresUnreferencedCode(DelegateShape.Reason)]
[RequiresDynamicCode(DelegateShape.Reason)]
internal sealed class ReflectedCallback<TDelegate, TResult> : ContractDefinition<TDelegate>
    where TDelegate : class
{
    private readonly Func<ProxyCaller, TDelegate> _make;

    /// <summary>Made by reflection.</summary>
    /// <param name="name">The parameter's name.</param>
    public ReflectedCallback(string name)
    {
        MethodInfo invoke = typeof(TDelegate).GetMethod("Invoke")!;
        ParameterExpression caller = Expression.Parameter(typeof(ProxyCaller));
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(one => Expression.Parameter(one.ParameterType, one.Name))];
        IEnumerable<Expression> values = parameters
            .Where(one => one.Type != typeof(CancellationToken))
            .Select(one => Expression.Convert(one, typeof(object)));
        Expression token = parameters.FirstOrDefault(one => one.Type == typeof(CancellationToken))
            ?? (Expression)Expression.Default(typeof(CancellationToken));
        Expression call = Expression.Call(
            typeof(ReflectedCallback<TDelegate, TResult>).GetMethod(
                invoke.ReturnType == typeof(void) ? nameof(Run) : nameof(InvokeAsync), BindingFlags.Static | BindingFlags.NonPublic)!,
            caller,
            Expression.Constant(new CalledBack<TResult>(name)),
            Expression.NewArrayInit(typeof(object), values),
            token);
        Expression body = invoke.ReturnType.IsValueType && invoke.ReturnType != typeof(void)
            ? Expression.New(invoke.ReturnType.GetConstructor([typeof(TResult) == typeof(NoResult) ? typeof(Task) : typeof(Task<TResult>)])!, call)
            : call;
        _make = Expression.Lambda<Func<ProxyCaller, TDelegate>>(Expression.Lambda<TDelegate>(body, parameters), caller).Compile();
    }

    /// <inheritdoc/>
    public override TDelegate MakeProxy(ProxyCaller caller) => _make(caller);

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionDefinition> Describe(TDelegate implementation) =>
        [DelegateConnection.Callback((Delegate)(object)implementation)];

    private static Task<TResult> InvokeAsync(
        ProxyCaller caller, CalledBack<TResult> function, object?[] values, CancellationToken cancellationToken) =>
        caller.InvokeAsync(function, ValueTuple.Create(values), cancellationToken);

    private static void Run(
        ProxyCaller caller, CalledBack<TResult> function, object?[] values, CancellationToken cancellationToken) =>
        caller.Run((ConnectionDefinition<ValueTuple<object?[]>, NoResult>)(object)function, ValueTuple.Create(values), cancellationToken);
}
