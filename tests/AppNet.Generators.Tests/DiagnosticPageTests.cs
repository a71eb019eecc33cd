using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using AppNet.Generators.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AppNet.Generators.Tests;

/// <summary>The pages of the diagnostics are what they say: the fault is reported, and the cure cures it.</summary>
public sealed partial class DiagnosticPageTests
{
    public static TheoryData<string> Ids => [.. Descriptors().Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_fault_on_a_page_is_reported_alone(string id)
    {
        string fault = await CodeAsync(id, "Fault");

        (Diagnostic[] reported, _) = await ExamineAsync(fault);

        Assert.NotEmpty(reported);
        Assert.All(reported, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_cure_on_a_page_compiles_without_a_report(string id)
    {
        string cure = await CodeAsync(id, "Cure");

        (Diagnostic[] reported, Diagnostic[] errors) = await ExamineAsync(cure);

        Assert.Empty(reported);
        Assert.Empty(errors);
    }

    [Fact]
    public void Every_diagnostic_links_to_its_page_and_stands_in_the_register()
    {
        string register = File.ReadAllText(Path.Combine(ProjectFolder.Pages, "README.md"));

        Assert.All(Descriptors(), descriptor =>
        {
            Assert.EndsWith($"/docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
            Assert.Contains(
                $"| {descriptor.Title.ToString(CultureInfo.InvariantCulture)} |",
                register,
                StringComparison.Ordinal);
            Assert.StartsWith(
                $"# {descriptor.Id}: {descriptor.Title.ToString(CultureInfo.InvariantCulture)}",
                File.ReadAllText(Path.Combine(ProjectFolder.Pages, descriptor.Id + ".md")),
                StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_two_diagnostics_share_an_id()
    {
        string[] ids = [.. Descriptors().Select(descriptor => descriptor.Id)];

        Assert.Distinct(ids);
    }

    private static async Task<(Diagnostic[] Reported, Diagnostic[] Errors)> ExamineAsync(string code)
    {
        GeneratorRun run = code.Contains("<LangVersion>13<", StringComparison.Ordinal)
            ? GeneratorRun.Of(LanguageVersion.CSharp13, code)
            : GeneratorRun.Of(code);
        ImmutableArray<Diagnostic> analyzed = await run.AnalyzeAsync(new PeerOrDefaultAnalyzer());
        return ([.. run.Diagnostics, .. analyzed], run.CompilerErrors);
    }

    private static async Task<string> CodeAsync(string id, string section)
    {
        string page = await File.ReadAllTextAsync(
            Path.Combine(ProjectFolder.Pages, id + ".md"),
            TestContext.Current.CancellationToken);
        string text = page.Split($"## {section}\n", 2)[1];
        return Code().Match(text).Groups["code"].Value;
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors() =>
        typeof(Diagnostics)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
