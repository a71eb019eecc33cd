using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AppNet.Connections;

/// <summary>What reflection tells of a delegate: its parameters as a call sees them, and where each value comes from.</summary>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
internal sealed class DelegateShape
{
    /// <summary>Why trimmed programs can't have it, and what they do instead.</summary>
    public const string Reason =
        "A delegate's parameters are found by reflection. Use [Connect], or the overloads that take a JsonTypeInfo for each.";

    private readonly List<ConnectionParameter> _parameters = [];
    private readonly List<ParameterBinder> _binders = [];

    /// <summary>Looks at a delegate.</summary>
    /// <param name="function">The delegate.</param>
    /// <param name="runtimeParameters">The kinds of parameters that no argument travels for.</param>
    /// <exception cref="ArgumentException">Something in its signature can't travel.</exception>
    public DelegateShape(Delegate function, IEnumerable<RuntimeParameter> runtimeParameters)
    {
        Invoke = function.GetType().GetMethod("Invoke")!;
        CheckMethod(function.Method);
        RuntimeParameter[] known = [RuntimeParameter.CancellationToken, .. runtimeParameters];
        foreach ((ParameterInfo parameter, ParameterInfo named) in ParametersOf(function))
        {
            Add(parameter, named, known);
        }

        (ResultType, Returner) = ResultOf(Invoke.ReturnType);
    }

    /// <summary>Gets the method that runs the delegate, whatever it is made of.</summary>
    public MethodInfo Invoke { get; }

    /// <summary>Gets the parameters that the wire carries, in order.</summary>
    public IReadOnlyList<ConnectionParameter> Parameters => _parameters;

    /// <summary>Gets where the value of each of the delegate's parameters comes from, in order.</summary>
    public IReadOnlyList<ParameterBinder> Binders => _binders;

    /// <summary>Gets whether the library fills a parameter, so that the running call must be found.</summary>
    public bool HasRuntimeParameters { get; private set; }

    /// <summary>Gets the type of the result, without the task around it.</summary>
    public Type ResultType { get; }

    /// <summary>Gets what hands the result to the call.</summary>
    public ResultReturner Returner { get; }

    private static void CheckMethod(MethodInfo method)
    {
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
        {
            throw Untravelled("The function is 'async void', so nobody would know when it ends or fails; let it return Task.");
        }
    }

    /// <summary>
    /// Pairs the parameters of the delegate's type with those of its method, which have the names and defaults of a lambda.
    /// </summary>
    private static IEnumerable<(ParameterInfo Parameter, ParameterInfo Named)> ParametersOf(Delegate function)
    {
        ParameterInfo[] invoked = function.GetType().GetMethod("Invoke")!.GetParameters();
        ParameterInfo[] own = function.Method.GetParameters();

        // A delegate may be closed over the first argument of a static method, or leave the instance of a method open.
        int closed = own.Length - invoked.Length;
        return closed < 0 ? invoked.Zip(invoked) : invoked.Zip(own.Skip(closed));
    }

    private static (Type ResultType, ResultReturner Returner) ResultOf(Type returned)
    {
        if (returned == typeof(void))
        {
            return (returned, new NothingReturner());
        }

        if (returned == typeof(Task))
        {
            return (typeof(void), new TaskReturner());
        }

        if (returned == typeof(ValueTask))
        {
            return (typeof(void), new ValueTaskReturner());
        }

        Type? open = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        Type? returner = open == typeof(Task<>) ? typeof(TaskReturner<>)
            : open == typeof(ValueTask<>) ? typeof(ValueTaskReturner<>)
            : null;
        Type result = returner is null ? returned : returned.GenericTypeArguments[0];
        CheckType(result, "result", isResult: true);
        returner = (returner ?? typeof(ValueReturner<>)).MakeGenericType(result);
        return (result, (ResultReturner)Activator.CreateInstance(returner)!);
    }

    private static object? DefaultOf(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        object? value = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        if (parameter.IsDefined(typeof(ParamArrayAttribute)))
        {
            return Array.CreateInstance(type.GetElementType()!, 0);
        }

        // The default of an optional enumeration is kept as its number.
        return value is not null && type.IsEnum ? Enum.ToObject(type, value) : value;
    }

    private static void CheckType(Type type, string what, bool isResult)
    {
        string? fault =
            type.IsByRef || type.IsPointer || type.IsFunctionPointer || type.IsByRefLike ? "points into this process's memory"
            : type.ContainsGenericParameters ? "is an open generic type"
            : type.IsAssignableTo(typeof(Delegate)) ? "is a delegate, which can only be a parameter, and returns a task or nothing"
            : type.IsInterface && ContractCatalogue.Find(type) is not null ? "is a contract, which can only be a parameter"
            : IsStreamType(type, isResult) ? null
            : type.IsAssignableTo(typeof(Stream)) ? "is a stream of a class of its own; let it be a Stream"
            : type.IsAssignableTo(typeof(Task)) ? "is a task"
            : Implements(type, typeof(IAsyncEnumerable<>)) ? "is an asynchronous sequence of a class of its own; let it be an IAsyncEnumerable"
            : Implements(type, typeof(IProgress<>)) ? "reports progress"
            : null;
        if (fault is not null)
        {
            throw Untravelled($"The function's {what} of type '{SignatureText.NameOf(type)}' can't travel: it {fault}.");
        }
    }

    private static bool IsStreamType(Type type, bool isResult)
    {
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return type == typeof(Stream) || open == typeof(IAsyncEnumerable<>) || (open == typeof(IProgress<>) && !isResult);
    }

    private static bool Implements(Type type, Type open) => type.GetInterfaces().Prepend(type).Any(
        candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == open);

    [SuppressMessage("Design", "MA0015:Specify the parameter name", Justification = "It is the parameter of whoever calls Create.")]
    private static ArgumentException Untravelled(string message) => new(message);

    private void Add(ParameterInfo parameter, ParameterInfo named, RuntimeParameter[] known)
    {
        Type type = parameter.ParameterType;
        if (Array.Find(known, candidate => candidate.Type == type) is RuntimeParameter runtime)
        {
            HasRuntimeParameters = true;
            _binders.Add(new RuntimeParameterBinder(runtime));
            return;
        }

        string name = named.Name ?? parameter.Name ?? $"arg{_parameters.Count + 1}";
        object? callback = ReflectedCallback.CodecOf(type, name);
        if (callback is null)
        {
            CheckType(type, $"parameter '{name}'", isResult: false);
        }
        else
        {
            // What is called back ends with the call, so that the running call must be found.
            HasRuntimeParameters = true;
        }

        ParameterInfo optional = named.HasDefaultValue || named.IsDefined(typeof(ParamArrayAttribute)) ? named : parameter;
        bool isOptional = optional.HasDefaultValue || optional.IsDefined(typeof(ParamArrayAttribute));
        var described = new ConnectionParameter(name, type, isOptional, isOptional ? DefaultOf(optional) : null);
        _parameters.Add(described);
        _binders.Add((ParameterBinder)Activator.CreateInstance(typeof(ParameterBinder<>).MakeGenericType(type), described, callback)!);
    }
}
