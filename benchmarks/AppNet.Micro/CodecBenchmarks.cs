using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;
using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>Arguments written to a payload and read from it.</summary>
public class CodecBenchmarks
{
    private static readonly JsonSerializerOptions Options = SerializerOptionsFactory.Build();
    private static readonly ValueCodec<int> Int = KnownCodecs.Of<int>();
    private static readonly ValueCodec<string> Text = KnownCodecs.Of<string>();
    private static readonly ValueCodec<double> Double = KnownCodecs.Of<double>();
    private static readonly ValueCodec<byte[]> Bytes = KnownCodecs.Of<byte[]>();

    private static readonly ConnectionDefinition Numbers = DelegateConnection.Create("numbers", (int left, int right) => left + right);
    private static readonly ConnectionDefinition Mixed = DelegateConnection.Create("mixed", (string name, double value) => name.Length + value);
    private static readonly ConnectionDefinition Blob = DelegateConnection.Create("blob", (byte[] content) => content.Length);

    private readonly byte[] _content = new byte[1024];
    private byte[] _blob = [];

    /// <summary>Makes the payload that is read.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var buffer = PayloadBuffer.Rent();
        WriteBytes(buffer);
        _blob = buffer.WrittenSpan.ToArray();
        PayloadBuffer.Return(buffer);
    }

    /// <summary>Writes two numbers.</summary>
    /// <returns>How many bytes they take.</returns>
    [Benchmark]
    public int WriteNumbers()
    {
        var buffer = PayloadBuffer.Rent();
        var writer = new ArgumentWriter(buffer, Options);
        writer.Write(Int, 20);
        writer.Write(Int, 1_000_000);
        writer.End();
        var written = buffer.WrittenSpan.Length;
        PayloadBuffer.Return(buffer);
        return written;
    }

    /// <summary>Reads two numbers.</summary>
    /// <returns>Their sum.</returns>
    [Benchmark]
    public int ReadNumbers()
    {
        var reader = new ArgumentReader("[20,1000000]"u8, named: false, trailingDefaults: 0, Numbers, Options);
        var sum = reader.Read(Int) + reader.Read(Int);
        reader.End();
        return sum;
    }

    /// <summary>Writes a text and a number with a fraction.</summary>
    /// <returns>How many bytes they take.</returns>
    [Benchmark]
    public int WriteMixed()
    {
        var buffer = PayloadBuffer.Rent();
        var writer = new ArgumentWriter(buffer, Options);
        writer.Write(Text, "a name");
        writer.Write(Double, 3.25);
        writer.End();
        var written = buffer.WrittenSpan.Length;
        PayloadBuffer.Return(buffer);
        return written;
    }

    /// <summary>Reads a text and a number with a fraction, of which the text is allocated.</summary>
    /// <returns>The number.</returns>
    [Benchmark]
    public double ReadMixed()
    {
        var reader = new ArgumentReader("""["a name",3.25]"""u8, named: false, trailingDefaults: 0, Mixed, Options);
        var value = reader.Read(Text).Length + reader.Read(Double);
        reader.End();
        return value;
    }

    /// <summary>Writes 1 KiB of bytes.</summary>
    /// <returns>How many bytes they take.</returns>
    [Benchmark]
    public int WriteBytes()
    {
        var buffer = PayloadBuffer.Rent();
        WriteBytes(buffer);
        var written = buffer.WrittenSpan.Length;
        PayloadBuffer.Return(buffer);
        return written;
    }

    /// <summary>Reads 1 KiB of bytes, which are allocated.</summary>
    /// <returns>How many there are.</returns>
    [Benchmark]
    public int ReadBytes()
    {
        var reader = new ArgumentReader(_blob, named: false, trailingDefaults: 0, Blob, Options);
        var length = reader.Read(Bytes).Length;
        reader.End();
        return length;
    }

    private void WriteBytes(PayloadBuffer buffer)
    {
        var writer = new ArgumentWriter(buffer, Options);
        writer.Write(Bytes, _content);
        writer.End();
    }
}
