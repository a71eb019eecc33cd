using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class DelegateConnectionTests
{
    private delegate int RefTaker(ref int value);

    private delegate int SpanTaker(ReadOnlySpan<byte> value);

    private enum Color
    {
        Red,
        Green,
    }

    [Fact]
    public void A_lambda_keeps_its_names_and_defaults()
    {
        var connection = DelegateConnection.Create("Multiply", (int a, int b = 5) => a * b);

        Assert.Equal("Multiply(int a, int b = 5) : int", new Connection(connection).Signature);
        Assert.Equal(50, TestInvocation.Run(connection, "[5,10]"));
        Assert.Equal(25, TestInvocation.Run(connection, "[5]"));
        Assert.Equal(6, TestInvocation.Run(connection, """[{"b":2,"a":3}]""", named: true));
        Assert.Equal(
            "Multiply(int a, int b = 5) was called without its argument 'a'.",
            TestInvocation.Fail(connection, "[]").Message);
    }

    [Fact]
    public void A_method_keeps_its_names_and_defaults()
    {
        var connection = DelegateConnection.Create("Paint", Paint);

        Assert.Equal(
            "Paint(DateTime when = default, Color? color = Color.Green, string text = \"x\") : string",
            new Connection(connection).Signature.Replace("DelegateConnectionTests.", "", StringComparison.Ordinal));
        Assert.Equal("0001 Green x", TestInvocation.Run(connection, "[]"));
        Assert.Equal("2026  y", TestInvocation.Run(connection, """["2026-01-01",null,"y"]"""));
    }

    [Fact]
    public void Delegates_of_every_make_run()
    {
        var list = new List<int> { 7 };
        var openInstance = typeof(string).GetMethod("get_Length")!.CreateDelegate<Func<string, int>>();

        Assert.Equal(true, TestInvocation.Run(DelegateConnection.Create("f", list.Contains), "[7]"));
        Assert.Equal("A", TestInvocation.Run(DelegateConnection.Create("f", "a".Upper), "[]"));
        Assert.Equal(4, TestInvocation.Run(DelegateConnection.Create("f", openInstance), "[\"four\"]"));
    }

    [Fact]
    public void A_params_array_is_an_optional_array()
    {
        var connection = DelegateConnection.Create("Sum", (params int[] values) => values.Sum());

        Assert.Equal("Sum(int[] values = []) : int", new Connection(connection).Signature);
        Assert.Equal(0, TestInvocation.Run(connection, "[]"));
        Assert.Equal(6, TestInvocation.Run(connection, "[[1,2,3]]"));
    }

    [Fact]
    public async Task Every_kind_of_result_is_returned()
    {
        Assert.Null(TestInvocation.Run(DelegateConnection.Create("f", () => { }), "[]"));
        Assert.Equal(1, await Run<int>(() => Task.FromResult(1)));
        Assert.Equal(2, await Run<int>(() => ValueTask.FromResult(2)));
        Assert.Equal(3, await Run<int>(async () =>
        {
            await Task.Yield();
            return 3;
        }));
        await (Task)TestInvocation.Run(DelegateConnection.Create("f", () => Task.CompletedTask), "[]")!;
        await (Task)TestInvocation.Run(DelegateConnection.Create("f", () => ValueTask.CompletedTask), "[]")!;
        Assert.Equal(typeof(void), DelegateConnection.Create("f", () => Task.CompletedTask).ResultType);
        Assert.Equal(typeof(int), DelegateConnection.Create("f", () => Task.FromResult(1)).ResultType);
    }

    [Fact]
    public void What_the_function_throws_is_thrown_as_it_is()
    {
        var connection = DelegateConnection.Create("f", int () => throw new InvalidTimeZoneException("mine"));
        var invocation = new TestInvocation();

        Assert.Throws<InvalidTimeZoneException>(() => invocation.Invoke(connection, "[]"u8));

        Assert.True(invocation.HasBegun);
    }

    [Fact]
    public void A_null_task_is_a_fault_of_the_function()
    {
        var connection = DelegateConnection.Create("f", NoTask);
        var invocation = new TestInvocation();

        Assert.Throws<InvalidOperationException>(() => invocation.Invoke(connection, "[]"u8));

        Assert.True(invocation.HasBegun);
    }

    [Fact]
    public void The_library_fills_tokens_and_what_the_floors_above_bring()
    {
        using var source = new CancellationTokenSource();
        var connection = DelegateConnection.Create(
            "f",
            (Version context, int a, CancellationToken token) => $"{context} {a} {token == source.Token}",
            new RuntimeParameter(typeof(Version), _ => new Version(1, 2)));
        var invocation = new TestInvocation(source.Token);

        invocation.Invoke(connection, "[7]"u8);

        Assert.Equal("1.2 7 True", invocation.Result);
        Assert.True(connection.IsCancellable);
        Assert.Equal("f(int a) : string", new Connection(connection).Signature);
        Assert.False(DelegateConnection.Create("f", () => 1).IsCancellable);
    }

    [Fact]
    public void What_cannot_travel_is_refused_at_once()
    {
        AssertRefused((ref int value) => value, "parameter 'value' of type 'ref int'");
        AssertRefused(new SpanTaker(value => value.Length), "parameter 'value' of type 'ReadOnlySpan<byte>'");
        AssertRefused((Sequence sequence) => { }, "asynchronous sequence");
        AssertRefused((MemoryStream stream) => { }, "stream");
        AssertRefused((Progress<int> progress) => { }, "progress");
        AssertRefused(() => (IProgress<int>)new Progress<int>(), "progress");
        AssertRefused((Func<int> callback) => { }, "delegate");
        AssertRefused(() => new MemoryStream(), "result of type 'MemoryStream'");
        AssertRefused(Task<Action> () => Task.FromResult<Action>(() => { }), "result of type 'Action'");
        AssertRefused(AsyncVoid(), "async void");
    }

    [Fact]
    public void What_is_no_tag_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DelegateConnection.Create("", () => 1));
        Assert.Throws<ArgumentException>(() => DelegateConnection.Create(new string('ä', 257), () => 1));
        Assert.Equal(256, DelegateConnection.Create(new string('ä', 256), () => 1).Tag.Length);
    }

    private static void AssertRefused(Delegate function, string fault)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => DelegateConnection.Create("f", function));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(RefTaker function, string fault) => AssertRefused((Delegate)function, fault);

    private static Task<T> Run<T>(Delegate function) =>
        Assert.IsAssignableFrom<Task<T>>(TestInvocation.Run(DelegateConnection.Create("f", function), "[]"));

#pragma warning disable VSTHRD114, MA0022 // What is at fault.
    private static Task<int>? NoTask() => null;
#pragma warning restore VSTHRD114, MA0022

    private static string Paint(DateTime when = default, Color? color = Color.Green, string text = "x") =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{when:yyyy} {color} {text}");

#pragma warning disable VSTHRD101, MA0147 // What is refused.
    private static Action AsyncVoid() => async () => await Task.Yield();
#pragma warning restore VSTHRD101, MA0147

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1812", Justification = "Only its type is looked at.")]
    private sealed class Sequence : IAsyncEnumerable<int>
    {
        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

internal static class TextExtensions
{
    public static string Upper(this string text) => text.ToUpperInvariant();
}
