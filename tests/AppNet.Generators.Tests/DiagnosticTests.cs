using Microsoft.CodeAnalysis;
using Xunit;

namespace AppNet.Generators.Tests;

/// <summary>Variants of the faults that are not on the pages.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("APPNET0001", "protected static int F(int a) => a;")]
    [InlineData("APPNET0001", "private protected static int F(int a) => a;")]
    [InlineData("APPNET0004", "public static T F<T>(int a) => default!;")]
    [InlineData("APPNET0007", "public static ref int F(int[] a) => ref a[0];")]
    [InlineData("APPNET0007", "public static int F(out int a) => a = 1;")]
    [InlineData("APPNET0007", "public static int F(in int a) => a;")]
    [InlineData("APPNET0007", "public static unsafe int F(int* a) => *a;")]
    [InlineData("APPNET0007", "public static Span<byte> F(byte[] a) => a;")]
    [InlineData("APPNET0007", "public static int F(params ReadOnlySpan<int> a) => a.Length;")]
    [InlineData("APPNET0009", "public static int F(int peer) => peer;")]
    [InlineData("APPNET0012", "public static int F(params object[] a) => 1;")]
    [InlineData("APPNET0012", "public static int F(int a, dynamic? b = null) => a;")]
    [InlineData("APPNET0016", "public static int F(int a, IEquatable<Peer>? b = null) => a;")]
    [InlineData("APPNET0016", "public static int F(int a, Peer b) => a;")]
    [InlineData("APPNET0016", "public static int F(Func<int> a) => a();")]
    [InlineData("APPNET0016", "public static int F(List<Stream> a) => a.Count;")]
    [InlineData("APPNET0016", "public static int F(FileStream a) => 1;")]
    [InlineData("APPNET0016", "public static int F(IProgress<int> a) => 1;")]
    [InlineData("APPNET0016", "public static Task<Task<int>> F(int a) => null!;")]
    [InlineData("APPNET0016", "public static Stream F(int a) => Stream.Null;")]
    [InlineData("APPNET0016", "public static int F(CancellationToken? a) => 1;")]
    public void A_method_that_cannot_be_connected_is_reported_once(string id, string method)
    {
        GeneratorRun run = GeneratorRun.Of($"using AppNet; public class C {{ [Connect] {method} }}");

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal("Source0.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("APPNET0001", "public class A { private class B { [Connect] public static int F(int a) => a; } }")]
    [InlineData("APPNET0002", "public class A<T> { public class B { [Connect] public static int F(int a) => a; } }")]
    [InlineData("APPNET0003", "file class A { public class B { [Connect] public static int F(int a) => a; } }")]
    [InlineData("APPNET0005", "public interface A { [Connect] static virtual int F(int a) => a; }")]
    [InlineData("APPNET0005", "public class A { public static int P { [Connect] get; } }")]
    [InlineData("APPNET0005", "public class A { Func<int, int> f = [Connect] (int a) => a; }")]
    [InlineData("APPNET0005", "public class A { [Connect] public static A operator +(A a, A b) => a; }")]
    [InlineData("APPNET0012", "public class A { [Connect] public static int F(int a) => a; public static int F(int a, object b) => a; }")]
    [InlineData("APPNET0012", "public class A { [Connect] public static int F(int a) => a; public static int F(long a, Peer b, int c = 1) => 1; }")]
    [InlineData("APPNET0012", "public class A { [Connect] public static int F(int a) => a; public static int F<T>(int a, T b) => a; }")]
    [InlineData("APPNET0012", "public class A { [Connect] public static int F(int a) => a; public static int F(params object[] b) => 1; }")]
    [InlineData("APPNET0012", "public class B { public static int F(object a, object b) => 1; } public class A : B { [Connect] public static int F(int a) => a; }")]
    [InlineData("APPNET0015", "public static partial class A { [Connect] public static partial Task<int> F(int a); }")]
    [InlineData("APPNET0015", "public static partial class A { [Connect] public static partial int F(int a, Peer b); }")]
    [InlineData("APPNET0015", "public static partial class A { [Connect] public static partial Task F(CallContext a, Peer b); }")]
    [InlineData("APPNET0012", "public class A { [Connect] public static int F(int a, int b = 1) => a; public static int F(int a, object peer) => a; }")]
    public void A_type_whose_method_cannot_be_connected_is_reported_once(string id, string code)
    {
        GeneratorRun run = GeneratorRun.Of("using AppNet; " + code);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("public static int F(int a, object b) => a;")]
    [InlineData("public static int F(int a, string? b = null) => a; public static int F(int a, int b, object c) => a;")]
    [InlineData("public static int F(int a) => a; public static int F<T>(int a, T b) where T : struct => a;")]
    [InlineData("public static int F(int a) => a; public static int F(int a, string b) => a;")]
    [InlineData("internal protected static int F(int a) => a;")]
    public void A_method_that_swallows_no_peer_is_connected(string method)
    {
        GeneratorRun run = GeneratorRun.Of($"using AppNet; public class C {{ [Connect] {method} }}");

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("private static partial int F(int a);")]
    [InlineData("public static partial T F<T>(T a) where T : class, new();")]
    [InlineData("public static unsafe partial int F(int* a, ref readonly int b, out long c);")]
    [InlineData("public static partial ref int F(in int a, params Span<string?> b);")]
    [InlineData("static partial void F((int Number, string? Text) a);")]
    public void A_partial_method_with_a_fault_gets_a_body_so_that_only_the_fault_shows(string method)
    {
        GeneratorRun run = GeneratorRun.Of(
            $"using AppNet; namespace Space; public partial struct C {{ partial interface I<T> {{ partial class D {{ [Connect] {method} }} }} }}");

        Assert.NotEmpty(run.Diagnostics);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData(512, 0)]
    [InlineData(513, 1)]
    public void A_tag_is_measured_in_bytes(int bytes, int reports)
    {
        string tag = new string('ä', bytes / 2) + new string('a', bytes % 2);

        GeneratorRun run = GeneratorRun.Of(
            $"using AppNet; public class C {{ [Connect(\"{tag}\")] public static int F(int a) => a; }}");

        Assert.Equal(reports, run.Diagnostics.Count(diagnostic => diagnostic.Id == "APPNET0013"));
        Assert.Equal(reports, run.Diagnostics.Length);
    }

    [Fact]
    public void A_tag_that_two_types_share_is_reported_at_the_second()
    {
        GeneratorRun run = GeneratorRun.Of(
            "using AppNet; public class A { [Connect(\"x\")] public static int F(int a) => a; }",
            "using AppNet; public class B { [Connect(\"x\")] public static int G(int a) => a; }");

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("APPNET0010", diagnostic.Id);
        Assert.Equal("Source1.cs", diagnostic.Location.GetLineSpan().Path);
    }
}
