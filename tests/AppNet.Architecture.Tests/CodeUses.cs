using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AppNet.Architecture.Tests;

/// <summary>
/// What one type uses: in its base, interfaces, constraints, attributes, fields and signatures, and in the locals, caught
/// exceptions and tokens of its method bodies. What compiled code does not keep (constants, <c>nameof</c>, crefs) is not seen.
/// </summary>
internal sealed class CodeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly HashSet<Type> _types = [];
    private readonly List<string> _unresolved = [];

    private CodeUses()
    {
    }

    /// <summary>Gets the types used: no generic parameters, and constructed ones taken apart.</summary>
    public IReadOnlyCollection<Type> Types => _types;

    /// <summary>Gets a sentence for each token that can't be resolved.</summary>
    public IReadOnlyCollection<string> Unresolved => _unresolved;

    /// <summary>Gathers what a type uses.</summary>
    /// <param name="type">The type; its nested types are not part of it.</param>
    /// <returns>The uses.</returns>
    public static CodeUses Of(Type type)
    {
        var uses = new CodeUses();
        uses.AddShape(type);
        foreach (var member in type.GetMembers(Declared))
        {
            uses.AddMember(member);
        }

        return uses;
    }

    /// <summary>Returns the outermost type around a type: its owner.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The owner; the type itself when nothing is around it.</returns>
    public static Type OwnerOf(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>Returns whether the compiler, or a generator outside any folder, made a type that stands on its own.</summary>
    /// <param name="owner">An outermost type.</param>
    /// <returns>True when no source file of ours declares it.</returns>
    public static bool IsGenerated(Type owner) =>
        owner.Name.StartsWith('<')
        || owner.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || owner.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || owner.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "Microsoft.CodeAnalysis.EmbeddedAttribute");

    private void AddShape(Type type)
    {
        Add(type.BaseType);
        Add(type.GetInterfaces());
        AddConstraints(type.GetGenericArguments());
        AddAttributes(type.CustomAttributes);
    }

    private void AddMember(MemberInfo member)
    {
        AddAttributes(member.CustomAttributes);
        switch (member)
        {
            case FieldInfo field:
                Add(field.FieldType);
                break;
            case EventInfo occurrence:
                Add(occurrence.EventHandlerType);
                break;
            case PropertyInfo property:
                Add(property.PropertyType);
                AddParameters(property.GetIndexParameters());
                break;
            case MethodBase method:
                AddMethod(method);
                break;
        }
    }

    private void AddMethod(MethodBase method)
    {
        AddSignature(method);
        AddParameters(method.GetParameters());
        if (method is MethodInfo { ReturnParameter: var result })
        {
            AddAttributes(result.CustomAttributes);
        }

        if (method.IsGenericMethodDefinition)
        {
            AddConstraints(method.GetGenericArguments());
        }

        if (method.GetMethodBody() is { } body)
        {
            Add(body.LocalVariables.Select(local => local.LocalType));
            Add(body.ExceptionHandlingClauses
                .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType));
            AddTokens(method, body);
        }
    }

    private void AddTokens(MethodBase method, MethodBody body)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Instructions.Tokens(body.GetILAsByteArray()!))
        {
            try
            {
                AddUsed(method.Module.ResolveMember(token, ofType, ofMethod)!);
            }
            catch (Exception exception) when (exception is ArgumentException or TypeLoadException or MissingMemberException or IOException)
            {
                _unresolved.Add($"Token 0x{token:x8} in {method.DeclaringType}.{method} can't be resolved: {exception.Message}");
            }
        }
    }

    private void AddUsed(MemberInfo used)
    {
        Add(used.DeclaringType);
        switch (used)
        {
            case Type type:
                Add(type);
                break;
            case FieldInfo field:
                Add(field.FieldType);
                break;
            case MethodBase method:
                AddSignature(method);
                break;
        }
    }

    private void AddSignature(MethodBase method)
    {
        Add(method.GetParameters().Select(parameter => parameter.ParameterType));
        Add((method as MethodInfo)?.ReturnType);
        Add(method.IsGenericMethod ? method.GetGenericArguments() : []);
    }

    private void AddParameters(IEnumerable<ParameterInfo> parameters)
    {
        foreach (var parameter in parameters)
        {
            Add(parameter.ParameterType);
            AddAttributes(parameter.CustomAttributes);
        }
    }

    private void AddConstraints(IEnumerable<Type> arguments)
    {
        foreach (var argument in arguments.Where(argument => argument.IsGenericParameter))
        {
            Add(argument.GetGenericParameterConstraints());
            AddAttributes(argument.CustomAttributes);
        }
    }

    private void AddAttributes(IEnumerable<CustomAttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            Add(attribute.AttributeType);
            foreach (var argument in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue)))
            {
                AddAttributeArgument(argument);
            }
        }
    }

    private void AddAttributeArgument(CustomAttributeTypedArgument argument)
    {
        Add(argument.ArgumentType);
        if (argument.Value is Type type)
        {
            Add(type);
        }
        else if (argument.Value is IEnumerable<CustomAttributeTypedArgument> elements)
        {
            foreach (var element in elements)
            {
                AddAttributeArgument(element);
            }
        }
    }

    private void Add(IEnumerable<Type?> types)
    {
        foreach (var type in types)
        {
            Add(type);
        }
    }

    private void Add(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType());
        }
        else if (type.IsFunctionPointer)
        {
            Add(type.GetFunctionPointerReturnType());
            Add(type.GetFunctionPointerParameterTypes());
        }
        else if (type.IsConstructedGenericType)
        {
            _types.Add(type.GetGenericTypeDefinition());
            Add(type.GetGenericArguments());
        }
        else
        {
            _types.Add(type);
        }
    }
}
