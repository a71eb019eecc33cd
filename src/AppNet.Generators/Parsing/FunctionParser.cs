using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators.Parsing;

/// <summary>Turns one <c>[Connect]</c> into models. No symbol or syntax node goes further than here.</summary>
internal static class FunctionParser
{
    /// <summary>Reads one connected method.</summary>
    /// <param name="context">What the attribute was found on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The models.</returns>
    public static ParsedFunction Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        bool lacksBody = Bodies.IsMissing(method, context.TargetNode);
        string? ownTag = context.Attributes[0].ConstructorArguments.Select(argument => argument.Value as string).FirstOrDefault();
        string name = method.ToDisplayString(DefaultName);

        var subject = new Subject(method, lacksBody ? Role.Stub : Role.Function, ownTag ?? name, context.SemanticModel.Compilation);
        ImmutableArray<DiagnosticModel> faults = Faults.OfFunction(subject);
        cancellationToken.ThrowIfCancellationRequested();

        ContainerModel? container = method.ContainingType is { } type ? ContainerParser.Parse(type) : null;
        BodyModel? body = lacksBody && container is not null && Bodies.CanBeWritten(method)
            ? BodyParser.Parse(
                method,
                (MethodDeclarationSyntax)context.TargetNode,
                $"{container.OverloadsClass}.{Names.DefinitionClass(method)}.Body.g.cs",
                faults.FirstOrDefault()?.Descriptor.Id)
            : null;
        FunctionModel? function = faults.IsEmpty && container is not null
            ? Describe(subject, container, name, context)
            : null;
        return new ParsedFunction(function, body, subject.Location, new EquatableArray<DiagnosticModel>(faults));
    }

    /// <summary>Gets the format of a function's name, <c>namespace.type.method</c>.</summary>
    public static SymbolDisplayFormat DefaultName { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private static FunctionModel Describe(Subject subject, ContainerModel container, string name, GeneratorAttributeSyntaxContext context)
    {
        IMethodSymbol method = subject.Method;
        return new FunctionModel(
            container,
            ParameterParser.Identifier(method.Name),
            Names.DefinitionClass(method),
            method.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            subject.Tag,
            name,
            DocumentationParser.Parse(method, context.TargetNode),
            Obsolescence(method),
            ParameterParser.Parse(method, subject.Role),
            ResultParser.Parse(method),
            Signature(subject),
            subject.IsStub,
            IsInstance: !method.IsStatic,
            Groups: AttributeValues.Texts(context.Attributes[0], "Groups"));
    }

    private static string Signature(Subject subject)
    {
        // A stub has no overload, so that it can't share one.
        string prefix = subject.IsStub ? "stub " : string.Empty;
        return prefix + subject.Method.Name + "(" + string.Join(
            ",",
            subject.Carried.Select(p => DocumentationCommentId.CreateReferenceId(p.Type))) + ")";
    }

    /// <summary>Returns what makes a method obsolete.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The attribute's text, or nothing.</returns>
    public static EquatableArray<string> Obsolescence(IMethodSymbol method) => method.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { } type && type.Is("System.ObsoleteAttribute"))
        .Select(AttributeText.Of)
        .ToEquatableArray();
}
