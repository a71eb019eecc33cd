using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AppNet.Generators.Tests;

/// <summary>Compiles source in this process, runs the generator on it, and tells what came of it.</summary>
internal sealed class GeneratorRun
{
    // The compiler that the generator is built against knows extension blocks as a preview.
    private static readonly CSharpParseOptions Preview = new(LanguageVersion.Preview);

    private GeneratorRun(GeneratorDriver driver, Compilation output, ImmutableArray<Diagnostic> diagnostics)
    {
        Driver = driver;
        Output = output;
        Diagnostics = diagnostics;
    }

    public GeneratorDriver Driver { get; }

    public Compilation Output { get; }

    /// <summary>Gets what the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results[0];

    /// <summary>Gets the compiler's own errors, generated code included.</summary>
    public Diagnostic[] CompilerErrors =>
        [.. Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error)];

    public static GeneratorRun Of(params string[] sources) => Of(Compile(Preview, sources), Preview);

    public static GeneratorRun Of(LanguageVersion version, string source)
    {
        var options = new CSharpParseOptions(version);
        return Of(Compile(options, source), options);
    }

    public static CSharpCompilation Compile(params string[] sources) => Compile(Preview, sources);

    public static GeneratorRun Of(CSharpCompilation compilation) => Of(compilation, Preview);

    /// <summary>Runs the analyzer on the output.</summary>
    public Task<ImmutableArray<Diagnostic>> AnalyzeAsync(DiagnosticAnalyzer analyzer) =>
        Output.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static GeneratorRun Of(CSharpCompilation compilation, CSharpParseOptions options)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ConnectGenerator().AsSourceGenerator()],
            parseOptions: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(
            compilation,
            out Compilation output,
            out ImmutableArray<Diagnostic> diagnostics,
            TestContext.Current.CancellationToken);
        return new GeneratorRun(driver, output, diagnostics);
    }

    private static CSharpCompilation Compile(CSharpParseOptions options, params string[] sources) => CSharpCompilation.Create(
        "Sample",
        [.. sources.Select((source, index) => CSharpSyntaxTree.ParseText(Usings + source, options, $"Source{index}.cs"))],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable));

    private const string Usings =
        """
        #line hidden
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        #line 1

        """;

    /// <summary>Gets the base library and AppNet, without the assemblies of the tests, which have functions of their own.</summary>
    private static MetadataReference[] References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("AppNet.", StringComparison.Ordinal)
                || string.Equals(Path.GetFileName(path), "AppNet.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
