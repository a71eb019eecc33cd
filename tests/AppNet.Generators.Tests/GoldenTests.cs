using System.Text;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AppNet.Generators.Tests;

public sealed class GoldenTests
{
    private const string Approved = ".approved.cs";
    private const string Received = ".received.cs";

    public static TheoryData<string> Inputs =>
    [
        .. Directory.GetFiles(ProjectFolder.Golden, "*.cs")
            .Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(Approved, StringComparison.Ordinal) && !name.EndsWith(Received, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Generated_code_compiles_and_is_the_approved_one(string name)
    {
        string input = await ReadAsync(name + ".cs");

        GeneratorRun run = GeneratorRun.Of(input);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerErrors);
        await ApproveAsync(name, Text(run));
    }

    private static string Text(GeneratorRun run)
    {
        var text = new StringBuilder();
        foreach (GeneratedSourceResult source in run.Result.GeneratedSources.OrderBy(s => s.HintName, StringComparer.Ordinal))
        {
            text.Append("// ---- ").Append(source.HintName).Append('\n').Append(source.SourceText).Append('\n');
        }

        return text.ToString();
    }

    private static async Task ApproveAsync(string name, string text)
    {
        string approved = Path.Combine(ProjectFolder.Golden, name + Approved);
        string received = Path.Combine(ProjectFolder.Golden, name + Received);
        if (File.Exists(approved) && string.Equals(await ReadAsync(name + Approved), text, StringComparison.Ordinal))
        {
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, text, TestContext.Current.CancellationToken);
        Assert.Fail($"The generated code differs from '{approved}'. If that is intended, replace it by '{received}'.");
    }

    private static async Task<string> ReadAsync(string name)
    {
        string text = await File.ReadAllTextAsync(
            Path.Combine(ProjectFolder.Golden, name),
            TestContext.Current.CancellationToken);
        return text.ReplaceLineEndings("\n");
    }
}
