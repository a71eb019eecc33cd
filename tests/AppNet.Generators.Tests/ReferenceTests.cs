using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AppNet.Generators.Tests;

/// <summary>Modules of referenced assemblies are run by the module that references them.</summary>
public sealed class ReferenceTests
{
    private const string Connected = "using AppNet; public static class C { [Connect] public static int F(int a) => a; }";

    [Fact]
    public void An_assembly_without_functions_and_references_gets_nothing()
    {
        GeneratorRun run = GeneratorRun.Of("class Program { }");

        Assert.Empty(run.Result.GeneratedSources);
    }

    [Fact]
    public void An_assembly_without_functions_runs_the_module_of_its_library()
    {
        MetadataReference library = Library("My.Library", Connected);

        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile("class Program { }").AddReferences(library));

        string source = Assert.Single(run.Result.GeneratedSources).SourceText.ToString();
        Assert.Contains("RunModuleConstructor(typeof(global::Connections_in_My_Library).Module", source, StringComparison.Ordinal);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("[Flag(\"f\")] public static void F() { }", 1)]
    [InlineData("[Subscribe(\"e\")] public static void F() { }", 1)]
    [InlineData("[Event(\"e\")] public static partial Task F();", 0)]
    public void Only_a_library_that_adds_something_has_its_module_run(string member, int sources)
    {
        MetadataReference library = Library("Library", $"using AppNet; public static partial class C {{ {member} }}");

        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile("class Program { }").AddReferences(library));

        Assert.Equal(sources, run.Result.GeneratedSources.Length);
        Assert.Empty(run.CompilerErrors);
    }

    [Fact]
    public void A_library_between_passes_the_functions_of_another_on()
    {
        MetadataReference far = Library("Far", Connected);
        MetadataReference near = Library("Near", "public class Near { }", far);

        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile("class Program { }").AddReferences(near));

        string source = Assert.Single(run.Result.GeneratedSources).SourceText.ToString();
        Assert.Contains("typeof(global::Connections_in_Near)", source, StringComparison.Ordinal);
        Assert.Empty(run.CompilerErrors);
    }

    [Fact]
    public void A_library_behind_an_alias_is_found()
    {
        MetadataReference library = Library("Library", Connected).WithAliases(["hidden"]);

        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile("class Program { }").AddReferences(library));

        string source = Assert.Single(run.Result.GeneratedSources).SourceText.ToString();
        Assert.Contains("typeof(hidden::Connections_in_Library)", source, StringComparison.Ordinal);
        Assert.Empty(run.CompilerErrors);
    }

    [Fact]
    public void Overloads_of_a_library_are_members_of_its_types_elsewhere()
    {
        MetadataReference library = Library("Library", Connected);

        GeneratorRun run = GeneratorRun.Of(GeneratorRun
            .Compile("using AppNet; class Program { static Task<int> Run(Peer peer) => C.F(1, peer: peer); }")
            .AddReferences(library));

        Assert.Empty(run.CompilerErrors);
    }

    private static PortableExecutableReference Library(string name, string source, params MetadataReference[] references)
    {
        CSharpCompilation compilation = GeneratorRun.Compile(source).WithAssemblyName(name).AddReferences(references);
        GeneratorRun run = GeneratorRun.Of(compilation);
        using var image = new MemoryStream();
        ImmutableArray<Diagnostic> errors = run.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics;
        Assert.DoesNotContain(errors, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
