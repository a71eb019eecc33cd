using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Finds the referenced assemblies that have connected functions.</summary>
internal static class CatalogueParser
{
    private const string Entry = "AppNet.Connections.ConnectionCatalogueEntryAttribute";

    /// <summary>Returns the name of an assembly's class with the module initializer.</summary>
    /// <param name="compilation">The assembly under compilation.</param>
    /// <returns>The name.</returns>
    public static string ClassName(Compilation compilation) =>
        "Connections_in_" + Names.Key(compilation.AssemblyName ?? "unnamed");

    /// <summary>Reads the marks of all referenced assemblies.</summary>
    /// <param name="compilation">The assembly under compilation.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The marks, in the order of their types' names.</returns>
    public static EquatableArray<CatalogueReference> References(Compilation compilation, CancellationToken cancellationToken)
    {
        var found = new List<CatalogueReference>();
        foreach (MetadataReference reference in compilation.References)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly && UsesAppNet(assembly))
            {
                string? alias = reference.Properties.Aliases is { IsEmpty: false } aliases && !aliases.Contains("global", StringComparer.Ordinal)
                    ? aliases[0]
                    : null;
                found.AddRange(MarksOf(assembly).Select(type => new CatalogueReference(alias, type)));
            }
        }

        return found.OrderBy(reference => reference.Type, StringComparer.Ordinal).ToEquatableArray();
    }

    // Only a few of the hundred and more references do; reading the attributes of the others would cost on every keystroke.
    private static bool UsesAppNet(IAssemblySymbol assembly) =>
        assembly.Modules.Any(module => module.ReferencedAssemblies.Any(
            name => string.Equals(name.Name, "AppNet", StringComparison.Ordinal)));

    private static IEnumerable<string> MarksOf(IAssemblySymbol assembly) =>
        from attribute in assembly.GetAttributes()
        where attribute.AttributeClass is { } type && type.Is(Entry)
        let marked = attribute.ConstructorArguments.Select(argument => argument.Value).OfType<INamedTypeSymbol>().FirstOrDefault()
        where marked is not null
        select marked.ToDisplayString(
            SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
}
