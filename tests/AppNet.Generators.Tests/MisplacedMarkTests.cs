using Microsoft.CodeAnalysis;
using Xunit;

namespace AppNet.Generators.Tests;

/// <summary>Marks where the compiler refuses them, and marks on more than one part of a method.</summary>
public sealed class MisplacedMarkTests
{
    [Theory]
    [InlineData("Connect", "")]
    [InlineData("Event", "(\"x\")")]
    [InlineData("Subscribe", "(\"x\")")]
    [InlineData("Flag", "(\"x\")")]
    public void A_mark_on_what_is_no_method_is_left_to_the_compiler(string mark, string arguments)
    {
        GeneratorRun run = GeneratorRun.Of(
            $$"""
            using AppNet;
            [{{mark}}{{arguments}}] public class A { [{{mark}}{{arguments}}] public int P => 1; [{{mark}}{{arguments}}] public int field; }
            public class B { [Flag("sound")] public static void Sound() { } }
            """);

        Assert.Null(run.Result.Exception);
        Assert.Empty(run.Diagnostics);
        Assert.Contains(run.Result.GeneratedSources, source => source.HintName is "Flag_B_Sound.g.cs");
        Assert.All(run.CompilerErrors, error => Assert.Equal("CS0592", error.Id));
    }

    [Fact]
    public void Subscriptions_on_both_parts_of_a_method_belong_to_one_subscriber()
    {
        GeneratorRun run = GeneratorRun.Of(
            "using AppNet; public partial class A { [Subscribe(\"first\")] public static partial void F(int a); }",
            "using AppNet; public partial class A { [Subscribe(\"second\")] public static partial void F(int a) { } }");

        Assert.Null(run.Result.Exception);
        Assert.Empty(run.CompilerErrors);
        Assert.Single(run.Result.GeneratedSources, source => source.HintName.StartsWith("Subscriber_", StringComparison.Ordinal));
        string catalogue = run.Result.GeneratedSources.Single(source => source.HintName is "Connections_in_Sample.g.cs").SourceText.ToString();
        Assert.Contains("SubscriptionDefinition(\"first\"", catalogue, StringComparison.Ordinal);
        Assert.Contains("SubscriptionDefinition(\"second\"", catalogue, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_on_both_parts_of_a_method_leaves_the_rest_alone()
    {
        GeneratorRun run = GeneratorRun.Of(
            "using AppNet; public partial class A { [Flag(\"f\")] public static partial void F(); [Flag(\"g\")] public static void G() { } }",
            "using AppNet; public partial class A { [Flag(\"f\")] public static partial void F() { } }");

        Assert.Null(run.Result.Exception);
        Assert.Contains(run.Result.GeneratedSources, source => source.HintName is "Flag_A_G.g.cs");
        Assert.Equal("CS0579", Assert.Single(run.CompilerErrors).Id);
    }

    [Fact]
    public void Methods_whose_names_differ_only_in_case_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            using AppNet;
            public static partial class A
            {
                [Flag("f")] public static void OnF() { }
                [Flag("g")] public static void Onf() { }
                [Event("e")] public static partial Task Raise(int a);
                [Event("e")] public static partial Task raise(int a);
                [Subscribe("e")] public static void Handle(int a) { }
                [Subscribe("e")] public static void handle(int a) { }
            }
            """);

        Assert.Null(run.Result.Exception);
        Assert.Empty(run.CompilerErrors);
        Assert.Equal(7, run.Result.GeneratedSources.Length);
    }

    [Theory]
    [InlineData("[Event(\"e\")] public static partial Task F(int a);")]
    [InlineData("[Connect] public static partial Task F(int a, Peer peer);")]
    public void A_file_type_gets_no_part_in_another_file(string method)
    {
        GeneratorRun run = GeneratorRun.Of($"using AppNet; file partial class A {{ {method} }}");

        Assert.Equal("APPNET0003", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Result.GeneratedSources);
        Assert.Equal("CS8795", Assert.Single(run.CompilerErrors).Id);
    }
}
