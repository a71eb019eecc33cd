using System.Reflection;
using System.Runtime.CompilerServices;

namespace AppNet.Architecture.Tests;

/// <summary>Writes the line of a member, less its type's name.</summary>
internal static class ApiMember
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();

    /// <summary>Writes a member: its name first, so that lines sort by it.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The text.</returns>
    public static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{TypeNameOf(constructor)}({Parameters(constructor)})",
        MethodInfo method => $"{method.Name}{GenericArguments(method)}({Parameters(method)}) -> {Result(method.ReturnParameter)}"
            + ApiConstraints.Describe(method.GetGenericArguments()),
        PropertyInfo property => $"{property.Name}{Index(property)} {{ {Accessors(property)} }} -> {Of(() => Nullability.Create(property), property.CanRead)}{Mark(property.PropertyType, property.CustomAttributes, property.DeclaringType)}",
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {Constant(field)}",
        FieldInfo field => $"{field.Name} -> {Of(() => Nullability.Create(field), reads: true)}",
        EventInfo occurrence => $"{occurrence.Name} -> event {Of(() => Nullability.Create(occurrence), reads: true)}",
        _ => throw new ArgumentException($"'{member}' is a kind of member that has no text.", nameof(member)),
    } + Modifiers(member) + ApiAttributes.Describe(member.CustomAttributes);

    private static string TypeNameOf(ConstructorInfo constructor) => constructor.IsStatic ? ".cctor" : constructor.DeclaringType!.Name.Split('`')[0];

    private static string GenericArguments(MethodInfo method) => method.IsGenericMethodDefinition
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
        : "";

    private static string Index(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } index
        ? $"[{string.Join(", ", index.Select(Parameter))}]"
        : "";

    private static string Accessors(PropertyInfo property)
    {
        var get = ApiText.IsOpen(property.GetMethod) ? Access(property.GetMethod!, property) + "get;" : "";
        var set = ApiText.IsOpen(property.SetMethod) ? Access(property.SetMethod!, property) + (IsInit(property.SetMethod!) ? "init;" : "set;") : "";
        return string.Join(' ', new[] { get, set }.Where(accessor => accessor.Length > 0));
    }

    private static string Access(MethodInfo accessor, PropertyInfo property) =>
        !accessor.IsPublic && property.GetAccessors().Length > 0 ? "protected " : "";

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Constant(FieldInfo field) => field.DeclaringType!.IsEnum
        ? ApiValue.Describe(field.GetRawConstantValue(), typeof(long))
        : $"{ApiValue.Describe(field.GetRawConstantValue(), field.FieldType)} -> {ApiTypeName.Of(field.FieldType)}";

    private static string Parameters(MethodBase method)
    {
        var extends = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extends + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter) =>
        ApiAttributes.DescribeOfParameter(parameter.CustomAttributes)
        + Passing(parameter)
        + Of(() => Nullability.Create(parameter), reads: parameter.IsOut)
        + Mark(parameter.ParameterType, parameter.CustomAttributes, parameter.Member)
        + $" {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {ApiValue.Describe(parameter.RawDefaultValue, parameter.ParameterType)}" : "");

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
        { ParameterType.IsByRef: false } => "",
        { IsOut: true } => "out ",
        _ when parameter.IsDefined(typeof(RequiresLocationAttribute)) => "ref readonly ",
        { IsIn: true } => "in ",
        _ => "ref ",
    };

    private static string Result(ParameterInfo result) =>
        (result.ParameterType.IsByRef ? result.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref " : "")
        + Of(() => Nullability.Create(result), reads: true)
        + Mark(result.ParameterType, result.CustomAttributes, result.Member);

    private static string Modifiers(MemberInfo member) => member switch
    {
        FieldInfo field => (field.IsPublic ? "" : " protected")
            + (field is { IsStatic: true, IsLiteral: false } ? " static" : "")
            + (field.IsInitOnly ? " readonly" : ""),
        PropertyInfo property => Modifiers(property.GetAccessors(nonPublic: true)[0], property.GetAccessors().Length > 0)
            + (property.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : ""),
        EventInfo { AddMethod: { } add } => Modifiers(add, add.IsPublic),
        MethodBase method => Modifiers(method, method.IsPublic),
        _ => "",
    };

    private static string Modifiers(MethodBase method, bool isPublic) => (isPublic ? "" : " protected")
        + (method is { IsStatic: true, IsConstructor: false } ? " static" : "")
        + (method is { IsVirtual: true, DeclaringType.IsInterface: false } ? Inheritance(method) : "");

    private static string Inheritance(MethodBase method)
    {
        var overrides = method is MethodInfo { } own && own.GetBaseDefinition() != own;
        return method switch
        {
            { IsAbstract: true } => overrides ? " abstract override" : " abstract",
            { IsFinal: true } => overrides ? " sealed override" : "",
            _ when overrides => " override",
            _ => method.DeclaringType!.IsSealed ? "" : " virtual",
        };
    }

    // T and T? are the same to the context.
    private static string Mark(Type type, IEnumerable<CustomAttributeData> attributes, MemberInfo? around)
    {
        var bare = type.IsByRef ? type.GetElementType()! : type;
        return bare.IsGenericParameter && ApiNullability.MarkOf(attributes, around) == ApiNullability.Nullable ? "?" : "";
    }

    // The context keeps what it has looked up, and is not safe for several threads.
    private static string Of(Func<NullabilityInfo> find, bool reads)
    {
        lock (Gate)
        {
            return ApiTypeName.Of(find(), writes: !reads);
        }
    }
}
