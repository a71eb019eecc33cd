using Xunit;

namespace AppNet.Generators.Tests;

/// <summary>Partial methods whose bodies other generators write.</summary>
public sealed class OtherGeneratorTests
{
    private const string Marked =
        """
        using AppNet;
        using System.Runtime.InteropServices;
        public static partial class Native
        {
            [Connect]
            [LibraryImport("library")]
            public static partial int Twice(int value);
        }
        """;

    [Fact]
    public void A_method_whose_body_another_generator_writes_is_connected_and_gets_no_second_one()
    {
        // Without the other generator the body is missing in the end, which the compiler says: this one did not write it.
        GeneratorRun run = GeneratorRun.Of(Marked);

        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain(run.Result.GeneratedSources, source => source.HintName.Contains(".Body.", StringComparison.Ordinal));
        Assert.Equal("CS8795", Assert.Single(run.CompilerErrors).Id);
    }
}
