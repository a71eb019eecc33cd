using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Tests.Wire;

/// <summary>The frames of the examples in docs/protocol.md, written by the code that peers write with.</summary>
internal static class ProtocolExample
{
    private const string Function = "Calc.MultiplyValues";

    public static byte[] Secret { get; } = Bytes(0x40);

    public static byte[] DiallerNonce { get; } = Bytes(0x00);

    public static byte[] AcceptorNonce { get; } = Bytes(0x20);

    public static PeerInfo Dialler { get; } = InfoOf(3011, "22222222-2222-2222-2222-222222222222", "/bin/b", 2002);

    public static PeerInfo Acceptor { get; } = InfoOf(3010, "11111111-1111-1111-1111-111111111111", "/bin/a", 1001);

    /// <summary>Returns every block of bytes that the document shows.</summary>
    /// <returns>The bytes by the block's name.</returns>
    public static IReadOnlyDictionary<string, byte[]> Blocks()
    {
        var hello = Json(HelloOf(), HandshakeJson.Default.HelloMessage);
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["secret"] = Secret,
            ["hello"] = [.. WireLimits.Preface, .. Frame(FrameType.Hello, 0, 0, hello)],
            ["welcome"] = [.. WireLimits.Preface, .. Frame(FrameType.Welcome, 0, 0, WelcomeTo(hello))],
            ["ready"] = Frame(FrameType.Ready, 0, 0, Introduced(Dialler, ProofOf(hello, isDialler: true))),
            ["accept"] = Frame(FrameType.Accept, 0, 0, Introduced(Acceptor, proof: null)),
            ["tag"] = Frame(FrameType.Tag, 1, 0, Encoding.UTF8.GetBytes(Function)),
            ["call"] = Frame(FrameType.Call, 1, 1, Arguments()),
            ["answer"] = Frame(FrameType.Answer, 0, 1, Result(50)),
            ["goodbye"] = Frame(FrameType.Goodbye, (ushort)Goodbye.Stopping, 0, []),
            ["call with fields"] = CallWithFields(),
            ["error"] = Frame(
                FrameType.Error,
                (ushort)NetError.Overloaded,
                3,
                Json(new ErrorMessage("The peer runs 65536 calls."), ErrorJson.Default.ErrorMessage)),
        };
    }

    /// <summary>Returns the bytes as the document shows them: sixteen a line, with what is text behind a bar.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The lines.</returns>
    public static string Dump(byte[] bytes) => string.Join('\n', bytes.Chunk(16).Select(line =>
        string.Join(' ', line.Select(one => one.ToString("x2", CultureInfo.InvariantCulture))).PadRight(48)
        + "| "
        + string.Concat(line.Select(one => one is >= 0x20 and < 0x7F and not (byte)'|' ? (char)one : '.')))) + "\n";

    private static HelloMessage HelloOf() => new(
        [WireLimits.MinVersion, WireLimits.MaxVersion],
        DiallerNonce,
        new TargetMessage(Acceptor.Host, Acceptor.Port, Acceptor.Instance));

    private static byte[] WelcomeTo(byte[] hello) => Json(
        new WelcomeMessage(WireLimits.MaxVersion, AcceptorNonce, ProofOf(hello, isDialler: false)),
        HandshakeJson.Default.WelcomeMessage);

    private static byte[] ProofOf(byte[] hello, bool isDialler) =>
        Proof.Make(Secret, isDialler, DiallerNonce, AcceptorNonce, hello);

    private static byte[] Introduced(PeerInfo info, byte[]? proof) => Json(
        Introduction.Of(new HandshakeParty(info, new LinkOptions()), proof),
        HandshakeJson.Default.IntroductionMessage);

    private static byte[] CallWithFields()
    {
        Span<byte> memory = stackalloc byte[FieldWriter.MaxSize];
        var fields = new FieldWriter(memory);
        var request = new CallRequest { Payload = default, TrailingDefaults = 1, TimeLeft = TimeSpan.FromSeconds(1.5) };
        request.WriteFields(ref fields, "Greet");
        return Frame(FrameType.Call, 0, 2, "[\"Ann\",false]"u8, fields.End());
    }

    private static byte[] Arguments()
    {
        PayloadBuffer buffer = PayloadBuffer.Rent();
        var writer = new ArgumentWriter(buffer, SerializerOptionsFactory.Build());
        writer.Write(ValueCodecs.Int32, 5);
        writer.WriteOptional(ValueCodecs.Int32, 10, 5);
        writer.End();
        byte[] payload = buffer.WrittenSpan.ToArray();
        PayloadBuffer.Return(buffer);
        return payload;
    }

    private static byte[] Result(int value)
    {
        PayloadBuffer buffer = PayloadBuffer.Rent();
        ResultPayload.Write(buffer, ValueCodecs.Int32, value, Function, SerializerOptionsFactory.Build());
        byte[] payload = buffer.WrittenSpan.ToArray();
        PayloadBuffer.Return(buffer);
        return payload;
    }

    private static byte[] Frame(
        FrameType type, ushort number, uint id, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> fields = default)
    {
        var flags = fields.IsEmpty ? FrameFlags.None : FrameFlags.Fields;
        var frame = new byte[FrameHeader.Size + fields.Length + payload.Length];
        new FrameHeader((uint)(fields.Length + payload.Length), type, flags, number, id).Write(frame);
        fields.CopyTo(frame.AsSpan(FrameHeader.Size));
        payload.CopyTo(frame.AsSpan(FrameHeader.Size + fields.Length));
        return frame;
    }

    private static byte[] Json<T>(T message, JsonTypeInfo<T> typeInfo) =>
        JsonSerializer.SerializeToUtf8Bytes(message, typeInfo);

    private static byte[] Bytes(byte first) => [.. Enumerable.Range(first, 32).Select(value => (byte)value)];

    private static PeerInfo InfoOf(int port, string instance, string executable, int process) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Instance = Guid.Parse(instance),
        Executable = executable,
        User = "ann",
        ProcessId = process,
        Machine = "box",
        Runtime = ".NET 10.0.1",
        Version = "0.1.0",
        StartedAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
