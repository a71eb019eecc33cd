namespace AppNet.Connections;

/// <summary>Finds the value of one parameter of a delegate.</summary>
internal abstract class ParameterBinder
{
    /// <summary>Returns the value for one call.</summary>
    /// <param name="arguments">The call's arguments, read up to this parameter.</param>
    /// <param name="invocation">The call.</param>
    /// <returns>The value.</returns>
    public abstract object? Bind(ref ArgumentReader arguments, Invocation invocation);
}

/// <summary>Takes the value from the call's arguments.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
internal sealed class ParameterBinder<T> : ParameterBinder
{
    private readonly ValueCodec<T> _codec;
    private readonly bool _isOptional;
    private readonly T _defaultValue;

    /// <summary>Made by reflection, from the parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="codec">How its argument is read; null: as the type says.</param>
    public ParameterBinder(ConnectionParameter parameter, ValueCodec<T>? codec)
    {
        _codec = codec ?? KnownCodecs.Of<T>();
        _isOptional = parameter.IsOptional;
        _defaultValue = parameter.DefaultValue is T value ? value : default!;
    }

    /// <inheritdoc/>
    public override object? Bind(ref ArgumentReader arguments, Invocation invocation) =>
        _isOptional ? arguments.ReadOptional(_codec, _defaultValue) : arguments.Read(_codec);
}

/// <summary>Takes the value from the library.</summary>
/// <param name="parameter">What fills the parameter.</param>
internal sealed class RuntimeParameterBinder(RuntimeParameter parameter) : ParameterBinder
{
    /// <inheritdoc/>
    public override object? Bind(ref ArgumentReader arguments, Invocation invocation) => parameter.Fill(invocation);
}
