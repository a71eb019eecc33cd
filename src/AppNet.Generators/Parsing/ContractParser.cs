using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Turns one <c>[PeerContract]</c> into models. No symbol or syntax node goes further than here.</summary>
internal static class ContractParser
{
    /// <summary>Reads one contract.</summary>
    /// <param name="context">What the attribute was found on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The models.</returns>
    public static ParsedContract Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        Subject[] methods =
        [
            .. Members(type)
                .OfType<IMethodSymbol>()
                .Where(method => method.MethodKind == MethodKind.Ordinary && (!method.IsStatic || method.IsAbstract))
                .Select(method => new Subject(method, Role.Contract, Tag(type, method), context.SemanticModel.Compilation)),
        ];
        ImmutableArray<DiagnosticModel> faults = ContractFaults.Of(type, methods);
        cancellationToken.ThrowIfCancellationRequested();
        ContractModel? contract = faults.IsEmpty
            ? new ContractModel(ContainerParser.Parse(type), methods.Select(method => Describe(type, method)).ToEquatableArray())
            : null;
        return new ParsedContract(contract, new EquatableArray<DiagnosticModel>(faults));
    }

    /// <summary>Returns the members of an interface and of all that it inherits, but for those that only their own code can call.</summary>
    /// <param name="type">The interface.</param>
    /// <returns>The members.</returns>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        from declaring in new[] { type }.Concat(type.AllInterfaces)
        from member in declaring.GetMembers()
        where member.DeclaredAccessibility is not Accessibility.Private
        select member;

    // A method of a contract that another one inherits keeps its tag: who offers the one offers the other.
    private static string Tag(INamedTypeSymbol type, IMethodSymbol method) =>
        (OwnName(method.ContainingType) ?? OwnName(type)) + "." + method.Name;

    private static string? OwnName(INamedTypeSymbol type)
    {
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(one => one.AttributeClass is { } found && found.Is(Types.Contract));
        if (attribute is null)
        {
            return null;
        }

        string name = AttributeValues.Name(attribute);
        return name.Length > 0 ? name : Types.FullName(type);
    }

    private static FunctionModel Describe(INamedTypeSymbol type, Subject subject)
    {
        IMethodSymbol method = subject.Method;
        SyntaxNode? declaration = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return new FunctionModel(
            ContainerParser.Parse(method.ContainingType),
            ParameterParser.Identifier(method.Name),
            method.Name + "_Definition",
            "internal",
            subject.Tag,
            subject.Tag,
            declaration is null
                ? new DocumentationModel(string.Empty, Summary: null, IsWritten: false)
                : DocumentationParser.Parse(method, declaration),
            FunctionParser.Obsolescence(method),
            ParameterParser.Parse(method, subject.Role),
            ResultParser.Parse(method),
            Signature: string.Empty,
            IsStub: false,
            Target: type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
    }
}
