using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using AppNet.Connections;

namespace AppNet.Events;

/// <summary>
/// Binds an event's arguments to one value: to the value itself when there is one argument, else to the parameters of its type's
/// constructor, as a function's arguments are bound.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class ItemDefinition<T> : ConnectionDefinition
{
    private readonly ValueCodec<T> _codec = KnownCodecs.Of<T>();
    private readonly Func<T, Invocation, ValueTask> _take;
    private readonly ConstructorInfo? _constructor;
    private readonly ParameterBinder[] _binders;

    // What fitted the last event, to be tried first for the next one.
    private bool _usesConstructor;

    private ItemDefinition(
        string eventName,
        IReadOnlyList<ConnectionParameter> parameters,
        ConstructorInfo? constructor,
        ParameterBinder[] binders,
        Func<T, Invocation, ValueTask> take)
        : base(eventName, eventName, parameters, typeof(void))
    {
        _constructor = constructor;
        _binders = binders;
        _take = take;
    }

    /// <summary>Makes the definition.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="take">Takes the values; the next event comes when its task has ended.</param>
    /// <returns>The definition.</returns>
    [RequiresUnreferencedCode("The type's constructor is looked at by reflection.")]
    [RequiresDynamicCode("The type's constructor is looked at by reflection.")]
    public static ItemDefinition<T> Create(string eventName, Func<T, Invocation, ValueTask> take)
    {
        var constructor = FindConstructor();
        if (constructor is null)
        {
            return new ItemDefinition<T>(eventName, [new ConnectionParameter("value", typeof(T))], null, [], take);
        }

        ConnectionParameter[] parameters =
        [
            .. constructor.GetParameters().Select(parameter => new ConnectionParameter(
                parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.HasDefaultValue ? parameter.DefaultValue : null)),
        ];
        ParameterBinder[] binders =
        [
            .. parameters.Select(parameter =>
                (ParameterBinder)Activator.CreateInstance(typeof(ParameterBinder<>).MakeGenericType(parameter.Type), parameter, null)!),
        ];
        return new ItemDefinition<T>(eventName, parameters, constructor, binders, take);
    }

    /// <inheritdoc/>
    public override void Invoke(ref ArgumentReader arguments, Invocation invocation)
    {
        var value = Read(ref arguments, (HandlerInvocation)invocation);
        invocation.Return(_take(value, invocation));
    }

    [RequiresUnreferencedCode("The type's constructor is looked at by reflection.")]
    private static ConstructorInfo? FindConstructor()
    {
        if (KnownCodecs.Find(typeof(T)) is not null || typeof(T).IsEnum || typeof(IEnumerable).IsAssignableFrom(typeof(T)))
        {
            return null;
        }

        // A record's copy constructor is not public.
        return Array.Find(
            [.. typeof(T).GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length)],
            constructor => constructor.GetParameters() is { Length: > 0 } parameters
                && !Array.Exists(parameters, parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsPointer));
    }

    private T Read(ref ArgumentReader arguments, HandlerInvocation invocation)
    {
        if (_constructor is null)
        {
            return ReadItself(ref arguments, invocation);
        }

        if (invocation.IsNamed)
        {
            return ReadByConstructor(ref arguments, invocation);
        }

        // Reading by position keeps nothing but its place, so that a copy of the reader is a second reading.
        var again = arguments;
        try
        {
            return _usesConstructor ? ReadByConstructor(ref arguments, invocation) : ReadItself(ref arguments, invocation);
        }
        catch (NetException first)
        {
            try
            {
                var value = _usesConstructor ? ReadItself(ref again, invocation) : ReadByConstructor(ref again, invocation);
                _usesConstructor = !_usesConstructor;
                return value;
            }
            catch (NetException second)
            {
                // What the constructor lacks says more than that the whole is not the value.
                throw _usesConstructor ? first : second;
            }
        }
    }

    private T ReadItself(ref ArgumentReader arguments, Invocation invocation)
    {
        var value = arguments.Read(_codec);
        invocation.Begin(ref arguments);
        return value;
    }

    private T ReadByConstructor(ref ArgumentReader arguments, Invocation invocation)
    {
        var values = new object?[_binders.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _binders[i].Bind(ref arguments, invocation);
        }

        invocation.Begin(ref arguments);
        return (T)_constructor!.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, values, culture: null);
    }
}
