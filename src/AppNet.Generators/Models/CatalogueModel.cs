namespace AppNet.Generators.Models;

/// <summary>What the assembly's module initializer adds.</summary>
/// <param name="ClassName">The name of the class with the module initializer.</param>
/// <param name="References">The referenced assemblies whose modules must run.</param>
/// <param name="Definitions">The expressions that yield this assembly's definitions.</param>
/// <param name="Additions">The statements that add its subscriptions and flags.</param>
internal sealed record CatalogueModel(
    string ClassName,
    EquatableArray<CatalogueReference> References,
    EquatableArray<string> Definitions,
    EquatableArray<string> Additions);
