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
    [InlineData("APPNET0016", "public static int F(List<Action> a) => 1;")]
    [InlineData("APPNET0016", "public static Task<Action> F() => null!;")]
    [InlineData("APPNET0016", "public static int F(Delegate a) => 1;")]
    [InlineData("APPNET0016", "public static Task<IC> F() => null!; [PeerContract] public interface IC { Task F(); }")]
    [InlineData("APPNET0035", "public static int F(Func<int> a) => a();")]
    [InlineData("APPNET0035", "public static int F(Func<Task<Stream>> a) => 1;")]
    [InlineData("APPNET0035", "public static int F(Action<Stream> a) => 1;")]
    [InlineData("APPNET0035", "public static int F(Action<Func<int>> a) => 1;")]
    [InlineData("APPNET0035", "public static int F(D a) => 1; public delegate void D(ref int a);")]
    [InlineData("APPNET0035", "public static int F(Action<Peer> a) => 1;")]
    [InlineData("APPNET0016", "public static int F(List<Stream> a) => a.Count;")]
    [InlineData("APPNET0016", "public static int F(FileStream a) => 1;")]
    [InlineData("APPNET0016", "public static int F(List<IProgress<int>> a) => 1;")]
    [InlineData("APPNET0016", "public static IProgress<int> F() => null!;")]
    [InlineData("APPNET0016", "public static int F(IAsyncEnumerable<System.Threading.Tasks.Task> a) => 1;")]
    [InlineData("APPNET0016", "public static Task<Task<int>> F(int a) => null!;")]
    [InlineData("APPNET0016", "public static List<Stream> F(int a) => [];")]
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
    [InlineData("APPNET0006", "public partial class A { [Connect] public partial Task<int> F(int a, Peer b); }")]
    [InlineData("APPNET0030", "public record struct A { [Connect] public int F(int a) => a; }")]
    [InlineData("APPNET0002", "public class A<T> { [Connect] public int F(int a) => a; }")]
    [InlineData("APPNET0004", "public class A { [Connect] public T F<T>(T a) => a; }")]
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
    [InlineData("APPNET0007", "Task F(ref int a);")]
    [InlineData("APPNET0007", "Task F(ReadOnlySpan<int> a);")]
    [InlineData("APPNET0013", "Task F(int a);", "0123456789012345678901234567890123456789012345678901234567890123456789", 8)]
    [InlineData("APPNET0016", "Task<Stream> F(int a);")]
    [InlineData("APPNET0016", "Task F(CallContext a);")]
    [InlineData("APPNET0016", "Task F(Peer a);")]
    [InlineData("APPNET0032", "int this[int a] { get; }")]
    [InlineData("APPNET0032", "event EventHandler E;")]
    [InlineData("APPNET0032", "Task<T> F<T>(int a);")]
    [InlineData("APPNET0032", "static abstract Task F(int a);")]
    [InlineData("APPNET0033", "void F(int a);")]
    [InlineData("APPNET0034", "Task F(int a); Task F(long a);")]
    public void A_contract_that_cannot_be_called_is_reported_once(
        string id, string member, string name = "c", int times = 1)
    {
        GeneratorRun run = GeneratorRun.Of(
            $"using AppNet; [PeerContract(\"{string.Concat(Enumerable.Repeat(name, times))}\")] public interface C {{ {member} }}");

        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("class A { [PeerContract] interface C { Task F(); } }")]
    [InlineData("class A<T> { [PeerContract] internal interface C { Task F(); } }")]
    [InlineData("[PeerContract] file interface C { Task F(); }")]
    public void A_contract_in_a_wrong_place_is_reported_once(string code)
    {
        GeneratorRun run = GeneratorRun.Of("using AppNet; " + code);

        Assert.Equal("APPNET0031", Assert.Single(run.Diagnostics).Id);
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
    [InlineData("APPNET0001", "[Subscribe(\"e\")] static void F(int a) { }")]
    [InlineData("APPNET0001", "[Flag(\"f\")] static object? F() => null;")]
    [InlineData("APPNET0004", "[Subscribe(\"e\")] public static void F<T>(T a) { }")]
    [InlineData("APPNET0004", "[Event(\"e\")] public static partial Task F<T>(T a);")]
    [InlineData("APPNET0005", "public int P { [Flag(\"f\")] get => 0; }")]
    [InlineData("APPNET0006", "[Subscribe(\"e\")] public void F(int a) { }")]
    [InlineData("APPNET0006", "[Event(\"e\")] public partial Task F(int a);")]
    [InlineData("APPNET0006", "[Flag(\"f\")] public object? F() => null;")]
    [InlineData("APPNET0007", "[Subscribe(\"e\")] public static void F(ref int a) { }")]
    [InlineData("APPNET0007", "[Event(\"e\")] public static partial Task F(in int a);")]
    [InlineData("APPNET0007", "[Event(\"e\")] public static partial Task F(ReadOnlySpan<char> a);")]
    [InlineData("APPNET0008", "[Subscribe(\"e\")] public static async void F(int a) => await Task.Yield();")]
    [InlineData("APPNET0008", "[Flag(\"f\")] public static async void F() => await Task.Yield();")]
    [InlineData("APPNET0016", "[Subscribe(\"e\")] public static void F(CallContext a) { }")]
    [InlineData("APPNET0016", "[Subscribe(\"e\")] public static void F(Peer a) { }")]
    [InlineData("APPNET0016", "[Connect] public static void F(EventContext a) { }")]
    [InlineData("APPNET0016", "[Event(\"e\")] public static partial Task F(CancellationToken a);")]
    [InlineData("APPNET0016", "[Event(\"e\")] public static partial Task F(EventArguments a);")]
    [InlineData("APPNET0016", "[Event(\"e\")] public static partial Task F(Action a);")]
    [InlineData("APPNET0018", "[Flag(\"f\")] public static object? F(FlagContext a, FlagContext b) => null;")]
    [InlineData("APPNET0018", "[Flag(\"f\")] public static object? F(in FlagContext a) => null;")]
    [InlineData("APPNET0018", "[Flag(\"f\")] public static object? F(CallContext a) => null;")]
    [InlineData("APPNET0018", "[Flag(\"f\")] public static ValueTask F() => default;")]
    [InlineData("APPNET0018", "[Flag(\"f\")] public static Span<int> F() => default;")]
    [InlineData("APPNET0021", "[Event(\"e\")] static Task F(int a) => Task.CompletedTask;")]
    [InlineData("APPNET0021", "public static partial Task F(int a); [Event(\"e\")] public static partial Task F(int a) => Task.CompletedTask;")]
    [InlineData("APPNET0021", "[Event(\"e\")] public static partial Task F(int a); public static partial Task F(int a) => Task.CompletedTask;")]
    [InlineData("APPNET0022", "[Event(\"e\")] public static partial Task<int> F(int a);")]
    [InlineData("APPNET0022", "[Event(\"e\")] static partial void F(int a);")]
    [InlineData("APPNET0023", "[Event(\"\")] public static partial Task F(int a);")]
    [InlineData("APPNET0023", "[Event(null!)] public static partial Task F(int a);")]
    [InlineData("APPNET0023", "[Subscribe(\"e\")] [Subscribe(\"\")] public static void F(int a) { }")]
    [InlineData("APPNET0024", "[Event(\"e\", Prepare = \"\")] public static partial Task F(int a);")]
    [InlineData("APPNET0024", "[Event(\"e\", Prepare = \"Hidden\")] public static partial Task F(int a);")]
    [InlineData("APPNET0025", "[Event(\"e\", Prepare = \"H\")] public static partial Task F(int a); static EventArguments H(string a) => new();")]
    [InlineData("APPNET0025", "[Event(\"e\", Prepare = \"H\")] public static partial Task F(int a); EventArguments H(int a) => new();")]
    [InlineData("APPNET0025", "[Event(\"e\", Prepare = \"H\")] public static partial Task F(int a); static EventArguments H<T>(T a) => new();")]
    [InlineData("APPNET0025", "[Event(\"e\", Prepare = \"H\")] public static partial Task F(int a); static Task<EventArguments> H(int a) => null!;")]
    [InlineData("APPNET0025", "[Event(\"e\", Prepare = \"H\")] public static partial Task F(int a); static void H(EventArguments a) { }")]
    [InlineData("APPNET0026", "[Subscribe(\"e\")] public static Task<Stream> F(int a) => null!;")]
    [InlineData("APPNET0026", "[Subscribe(\"e\")] public static ValueTask<int> F(int a) => default;")]
    [InlineData("APPNET0026", "[Subscribe(\"e\")] public static ref int F(int[] a) => ref a[0];")]
    public void A_method_that_is_marked_in_vain_is_reported_once(string id, string members)
    {
        GeneratorRun run = GeneratorRun.Of(
            $"using AppNet; public class B {{ private static EventArguments Hidden(int a) => new(); }} public partial class C : B {{ {members} }}");

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal("Source0.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("APPNET0001", "public class A { class B { [Subscribe(\"e\")] public static void F(int a) { } } }")]
    [InlineData("APPNET0002", "public class A<T> { [Subscribe(\"e\")] public static void F(int a) { } }")]
    [InlineData("APPNET0002", "public class A<T> { [Flag(\"f\")] public static void F() { } }")]
    [InlineData("APPNET0003", "file class A { [Subscribe(\"e\")] public static void F(int a) { } }")]
    [InlineData("APPNET0003", "file class A { [Flag(\"f\")] public static void F() { } }")]
    [InlineData("APPNET0003", "file class A { [Event(\"e\")] public static Task F() => null!; }")]
    public void A_type_whose_method_is_marked_in_vain_is_reported_once(string id, string code)
    {
        GeneratorRun run = GeneratorRun.Of("using AppNet; " + code);

        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("Flag", 256, 0)]
    [InlineData("Flag", 257, 1)]
    [InlineData("Subscribe", 512, 0)]
    [InlineData("Subscribe", 513, 1)]
    public void A_name_is_measured_in_bytes(string attribute, int bytes, int reports)
    {
        string name = new string('ä', bytes / 2) + new string('a', bytes % 2);

        GeneratorRun run = GeneratorRun.Of($"using AppNet; public class C {{ [{attribute}(\"{name}\")] public static void F() {{ }} }}");

        Assert.Equal(reports, run.Diagnostics.Length);
        Assert.Empty(run.CompilerErrors);
    }

    [Fact]
    public void A_subscriber_with_a_result_is_subscribed()
    {
        GeneratorRun run = GeneratorRun.Of("using AppNet; public class C { [Subscribe(\"e\")] public static int F(int a) => a; }");

        Diagnostic warning = Assert.Single(run.Diagnostics);
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
        Assert.Contains(run.Result.GeneratedSources, source => source.HintName.StartsWith("Subscriber_", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_handler_of_a_flag_is_reported_where_it_stands()
    {
        GeneratorRun run = GeneratorRun.Of(
            "using AppNet; public class A { [Flag(\"x\")] public static void F() { } }",
            "using AppNet; public class B { [Flag(\"x\")] public static void G() { } }");

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("APPNET0020", diagnostic.Id);
        Assert.Equal("Source1.cs", diagnostic.Location.GetLineSpan().Path);
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
