using System.Reflection;

namespace AppNet.Architecture.Tests;

/// <summary>
/// The compiler's own marks, for what <see cref="NullabilityInfoContext"/> does not tell: constraints, and whether an
/// unconstrained <c>T</c> was written <c>T?</c>.
/// </summary>
internal static class ApiNullability
{
    /// <summary>The mark of what is never null.</summary>
    public const byte NotNull = 1;

    /// <summary>The mark of what may be null.</summary>
    public const byte Nullable = 2;

    /// <summary>Returns the mark of a declaration's outermost type.</summary>
    /// <param name="attributes">The attributes of the declaration.</param>
    /// <param name="around">The members around it, whose mark counts where it has none of its own.</param>
    /// <returns>1 for not null, 2 for nullable, 0 for unknown.</returns>
    public static byte MarkOf(IEnumerable<CustomAttributeData> attributes, MemberInfo? around)
    {
        if (attributes.FirstOrDefault(attribute => attribute.AttributeType.Name == "NullableAttribute") is { } own)
        {
            return own.ConstructorArguments[0].Value switch
            {
                byte mark => mark,
                IReadOnlyList<CustomAttributeTypedArgument> marks => (byte)marks[0].Value!,
                _ => 0,
            };
        }

        for (; around is not null; around = around.DeclaringType)
        {
            if (around.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == "NullableContextAttribute") is { } context)
            {
                return (byte)context.ConstructorArguments[0].Value!;
            }
        }

        return 0;
    }
}
