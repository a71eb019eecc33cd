using Xunit;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>What the pages show is code that compiles.</summary>
public sealed class SnippetTests
{
    private static readonly string Received = Path.Combine(Sources.Root, "artifacts", "pages");

    [Fact]
    public void Every_block_of_csharp_is_the_part_of_a_compiled_file_that_it_names()
    {
        var faults = new List<string>();
        foreach (var page in Page.All())
        {
            var filled = page.Fill(new SnippetFiles(), faults);
            var received = Path.Combine(Received, page.Name);
            if (filled.Lines.SequenceEqual(page.Lines, StringComparer.Ordinal))
            {
                if (File.Exists(received))
                {
                    File.Delete(received);
                }

                continue;
            }

            _ = Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllLines(received, filled.Lines);
            faults.Add($"{page.Name} does not show what its snippets say. eng/accept-snippets puts their code there; read the diff.");
        }

        Expect.None(faults);
    }

    [Fact]
    public void Every_snippet_is_shown()
    {
        var snippets = new SnippetFiles();
        var faults = new List<string>();
        foreach (var page in Page.All())
        {
            _ = page.Fill(snippets, faults);
        }

        Expect.None(snippets.NotTaken().Select(snippet => $"{snippet} is on no page."));
    }

    [Fact]
    public void A_block_is_filled_with_the_part_it_names()
    {
        var faults = new List<string>();
        var page = new Page("a.md", ["  <!-- snippet: docs/snippets/Program.cs#function -->", "  ```csharp", "  old", "  ```", "end"]);

        var filled = page.Fill(new SnippetFiles(), faults);

        Assert.Empty(faults);
        Assert.Equal("  public static class Calc", filled.Lines[2]);
        Assert.Equal(["  }", "  ```", "end"], filled.Lines.TakeLast(3));
    }

    [Theory]
    [InlineData("", "without '<!-- snippet")]
    [InlineData("<!-- snippet: docs/snippets/Program.cs#nothing -->", "is not once between")]
    [InlineData("<!-- snippet: docs/snippets/Nowhere.cs -->", "Nowhere.cs")]
    [InlineData("<!-- snippet: src/AppNet/Facade/Net.cs -->", "is in none of")]
    public void A_block_that_names_no_code_is_reported(string marker, string fault)
    {
        var faults = new List<string>();
        var page = new Page("a.md", [marker, "```csharp", "old", "```"]);

        var filled = page.Fill(new SnippetFiles(), faults);

        Assert.Equal(page.Lines, filled.Lines);
        Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
    }
}
