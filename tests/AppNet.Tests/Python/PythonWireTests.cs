using System.Buffers;
using System.Text;
using AppNet.Python.Wires;
using Xunit;

namespace AppNet.Tests.Python;

public sealed class PythonWireTests
{
    [Fact]
    public void Json_that_Python_wrote_comes_through_both_ways_to_the_byte()
    {
        var texts = Vector.All().Where(vector => vector.Topic is "pass_through" or "tag" or "info" or "event" or "error")
            .SelectMany(vector => new[] { vector.RequestText, vector.ResponseText })
            .OfType<string>()
            .Where(text => text.All(char.IsAscii) && text.StartsWith('{'))
            .ToList();

        Assert.True(texts.Count > 300);
        Assert.All(texts, text => Assert.Equal(text, ThereAndBack(text)));
    }

    [Fact]
    public void Requests_are_written_as_a_Python_caller_writes_them()
    {
        var vectors = Vector.All().Where(vector => vector.Direction.StartsWith("python-", StringComparison.Ordinal) && vector.RequestText is not null).ToList();

        Assert.True(vectors.Count > 300);
        Assert.All(vectors, vector =>
        {
            var request = PythonRequest.Read(Encoding.ASCII.GetBytes(vector.RequestText!), vector.Family)!;
            var arguments = request.WriteArguments(definition: null, out var isNamed);
            Assert.Equal(vector.Request, PythonCall.Write(vector.Family, request.Connection, arguments.Span, isNamed));
        });
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(5, "5.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(123456, "123456.0")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e-5, "1.5e-05")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Floats_are_written_as_Python_does(double value, string text)
    {
        var output = new ArrayBufferWriter<byte>();

        PythonNumber.WriteFloat(value, output);

        Assert.Equal(text, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("{\"a\": 1,}")]
    [InlineData("[1 2]")]
    [InlineData("[01]")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"open")]
    [InlineData("[1")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a: 1}")]
    [InlineData("[1}")]
    [InlineData("nul")]
    [InlineData("-")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("\uFEFF1")]
    public void What_Python_would_not_read_is_refused(string text) =>
        Assert.Throws<PythonFormatException>(() => PythonJsonReader.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Depth_is_bounded_and_takes_no_stack()
    {
        var deep = Encoding.ASCII.GetBytes(new string('[', 10_000) + new string(']', 10_000));

        var exception = Assert.Throws<PythonFormatException>(() => PythonJsonReader.Read(deep));

        Assert.Equal("RecursionError", exception.Type);
        Assert.Equal("[[[]]]", Encoding.ASCII.GetString(PythonJsonReader.Read("[ [ [ ] ] ]"u8).Span));
    }

    [Fact]
    public void Names_and_ids_are_those_of_the_library()
    {
        var file = Vector.FileOf("0.4.1");

        Assert.All(file.ConnectionNames, name => Assert.Equal(
            name.Name, name.Tag is { } tag ? ConnectionNames.Tagged(tag) : ConnectionNames.Untagged($"{name.Module}.{name.Function}")));
        Assert.All(file.PeerIds, id => Assert.Equal(id.Id, new PeerId(id.Host, id.Port, id.Group == "None" ? null : id.Group).ToString()));
        Assert.All(file.Flags, flag => Assert.Equal(flag.Wire, Encoding.ASCII.GetString(PythonAnswer.Flag(PythonFamily.V04, flag.Flag))));
        Assert.All(Vector.FileOf("0.6.2").Flags, flag => Assert.Equal(flag.Wire, Encoding.ASCII.GetString(PythonAnswer.Flag(PythonFamily.V06, flag.Flag))));
    }

    [Fact]
    public void The_families_are_told_apart_by_the_first_byte()
    {
        var requests = Vector.All().Where(vector => vector.RequestText is not null && vector.Name != "invalid.plain_json" && vector.Request.Length > 0).ToList();

        Assert.True(requests.Count > 400);
        Assert.All(requests, vector => Assert.Equal(vector.Family, PythonFamilies.Recognise(vector.Request[0])));
        Assert.Null(PythonFamilies.Recognise((byte)'A'));
        Assert.Null(PythonFamilies.Recognise(0x16));
        Assert.Null(PythonFamilies.Recognise((byte)'G'));
    }

    [Fact]
    public void A_request_is_whole_at_its_last_byte_wherever_it_was_cut()
    {
        foreach (var vector in Vector.All("0.4.1", "0.6.2").Where(vector => vector.Topic is "tag" or "valid" && vector.RequestText is not null))
        {
            var whole = new RequestAssembly(vector.Family);
            var isWhole = false;
            var text = vector.Request.AsSpan().TrimEnd(" \r\n\t"u8);
            for (var i = 0; i < text.Length; i++)
            {
                // White space inside is what the last brace or group may be followed by.
                Assert.False(isWhole && vector.Family == PythonFamily.V06, $"{vector} is whole before byte {i}.");
                isWhole = whole.Add(text.Slice(i, 1));
            }

            Assert.True(isWhole, vector.ToString());
            Assert.Equal(PythonRequest.Read(Encoding.ASCII.GetBytes(vector.RequestText!), vector.Family)!.Connection, PythonRequest.Read(whole.Json.Span, vector.Family)!.Connection);
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(5_000)]
    public void An_error_fits_what_a_Python_caller_reads_and_keeps_type_and_message(int frames)
    {
        foreach (var family in new[] { PythonFamily.V04, PythonFamily.V06 })
        {
            var stack = Enumerable.Range(0, frames).Select(i => $"at Some.Namespace.Type{i}.Method()").ToList();

            var answer = PythonAnswer.Error(family, "InvalidOperationException", "café is closed", stack);

            Assert.True(answer.Length <= 1_024, $"{answer.Length} bytes");
            var traceback = PythonReply.Read(family, answer, []).Traceback!;
            Assert.Equal(("InvalidOperationException", "café is closed"), PythonTraceback.Read(traceback));
            Assert.Contains("Type0.Method", traceback, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_message_that_is_longer_than_a_Python_caller_reads_is_cut()
    {
        var answer = PythonAnswer.Error(PythonFamily.V06, "ValueError", new string('\u6f22', 5_000), ["at X()"]);

        Assert.True(answer.Length <= 1_024, $"{answer.Length} bytes");
        var (type, message) = PythonTraceback.Read(PythonReply.Read(PythonFamily.V06, answer, []).Traceback!);
        Assert.Equal("ValueError", type);
        Assert.StartsWith("\u6f22\u6f22", message, StringComparison.Ordinal);
        Assert.EndsWith("...", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_is_longer_than_a_Python_caller_reads_is_an_error_that_says_so()
    {
        var fits = PythonAnswer.Value(PythonFamily.V06, Encoding.ASCII.GetBytes('"' + new string('a', 1_022) + '"'), "f");
        var reply = PythonReply.Read(PythonFamily.V06, PythonAnswer.Value(PythonFamily.V06, Encoding.ASCII.GetBytes('"' + new string('a', 1_023) + '"'), "f"), []);

        Assert.Equal(1_024, fits.Length);
        Assert.Equal(("ResultTooLarge", "The result of 'f' has 1025 bytes; a Python caller reads 1024."), PythonTraceback.Read(reply.Traceback!));
    }

    [Theory]
    [InlineData("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    boom()\n    ^^^^\nValueError: boom\n", "ValueError", "boom")]
    [InlineData("Traceback\nValueError: boom\n", "ValueError", "boom")]
    [InlineData("Traceback (most recent call last):\n  File \"a\"\nmy.Error: two\nlines: here\n", "my.Error", "two\nlines: here")]
    [InlineData("Traceback (most recent call last):\n  File \"a\"\nKeyError\n", "KeyError", "")]
    [InlineData("Traceback (most recent call last):\n  x\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  y\nValueError: last\n", "ValueError", "last")]
    [InlineData("something else entirely", "Exception", "something else entirely")]
    [InlineData("", "Exception", "")]
    public void A_traceback_gives_its_last_exception(string traceback, string type, string message) =>
        Assert.Equal((type, message), PythonTraceback.Read(traceback));

    [Fact]
    public void An_info_of_many_functions_leaves_some_off_its_list_and_fits()
    {
        var info = new PythonInfo("127.0.0.1", 3010, null, IsHub: true)
        {
            Connections = [.. Enumerable.Range(0, 200).Select(i => $"Some.Namespace.Function{i}"), "net.defaults.handlers.subscription_handler", "calc.host"],
            Flags = ["INVALID_CONNECTION", "NULL"],
        };

        var answer = PythonAnswer.Value(PythonFamily.V06, info.Write(PythonFamily.V06).Span, "info");
        var read = PythonInfo.Read(PythonReply.Read(PythonFamily.V06, answer, []).Value!.Value)!;

        Assert.True(answer.Length <= 1_024);
        Assert.True(read.IsHub);
        Assert.Contains("net.defaults.handlers.subscription_handler", read.Connections);
        Assert.Contains("Some.Namespace.Function0", read.Connections);
        Assert.DoesNotContain("calc.host", read.Connections);
    }

    private static string ThereAndBack(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        PythonJsonWriter.Write(PythonJsonReader.Read(Encoding.ASCII.GetBytes(text)).Span, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
