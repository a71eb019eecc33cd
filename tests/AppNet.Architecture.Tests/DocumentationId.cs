using System.Reflection;

namespace AppNet.Architecture.Tests;

/// <summary>The ids under which the compiler writes documentation.</summary>
internal static class DocumentationId
{
    /// <summary>Returns the id of a type or member.</summary>
    /// <param name="member">The type or member.</param>
    /// <returns>The id, such as <c>M:AppNet.PeerId.Parse(System.String)</c>.</returns>
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{NameOf(type)}",
        FieldInfo field => $"F:{In(field)}",
        EventInfo occurrence => $"E:{In(occurrence)}",
        PropertyInfo property => $"P:{In(property)}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{NameOf(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{In(method)}{Arity(method)}{Parameters(method.GetParameters())}{Conversion(method)}",
        _ => throw new ArgumentException($"'{member}' is a kind of member that has no id.", nameof(member)),
    };

    private static string In(MemberInfo member) => $"{NameOf(member.DeclaringType!)}.{member.Name.Replace('.', '#')}";

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string Arity(MethodInfo method) => method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? $"~{Reference(method.ReturnType)}" : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Reference(Type type)
    {
        if (type.IsByRef)
        {
            return Reference(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            var bounds = string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()));
            return Reference(type.GetElementType()!) + (type.IsSZArray ? "[]" : $"[{bounds}]");
        }

        if (type.IsGenericParameter)
        {
            return (type.IsGenericMethodParameter ? "``" : "`") + type.GenericParameterPosition;
        }

        return type.IsConstructedGenericType || type.IsGenericTypeDefinition
            ? Constructed(type.GetGenericTypeDefinition(), type.GetGenericArguments())
            : NameOf(type);
    }

    private static string Constructed(Type definition, Type[] arguments)
    {
        var outer = definition.DeclaringType;
        var outerCount = outer?.GetGenericArguments().Length ?? 0;
        var own = arguments[outerCount..];
        var prefix = outer is null ? definition.Namespace : outerCount == 0 ? NameOf(outer) : Constructed(outer, arguments[..outerCount]);
        return $"{prefix}.{definition.Name.Split('`')[0]}" + (own.Length == 0 ? "" : $"{{{string.Join(',', own.Select(Reference))}}}");
    }
}
