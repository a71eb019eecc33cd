using System.Reflection;

namespace AppNet.Architecture.Tests;

/// <summary>Writes the constraints of generic parameters.</summary>
internal static class ApiConstraints
{
    /// <summary>Writes the constraints.</summary>
    /// <param name="arguments">The generic arguments; those that are no parameters have none.</param>
    /// <returns>A where clause for each parameter that has constraints, each after a blank.</returns>
    public static string Describe(IEnumerable<Type> arguments) => string.Concat(
        from argument in arguments
        where argument.IsGenericParameter
        let constraints = Of(argument).ToArray()
        where constraints.Length > 0
        select $" where {argument.Name} : {string.Join(", ", constraints)}");

    private static IEnumerable<string> Of(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var isUnmanaged = parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute");
        if (isStruct)
        {
            yield return isUnmanaged ? "unmanaged" : "struct";
        }
        else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return MarkOf(parameter) == ApiNullability.Nullable ? "class?" : "class";
        }
        else if (MarkOf(parameter) == ApiNullability.NotNull && parameter.GetGenericParameterConstraints().Length == 0)
        {
            yield return "notnull";
        }

        foreach (var constraint in parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)))
        {
            yield return ApiTypeName.Of(constraint);
        }

        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            yield return "new()";
        }

        if (flags.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }

    private static byte MarkOf(Type parameter) =>
        ApiNullability.MarkOf(parameter.CustomAttributes, (MemberInfo?)parameter.DeclaringMethod ?? parameter.DeclaringType);
}
