using System.Text;
using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class ArgumentReaderFuzzTests(ITestOutputHelper output)
{
    private const string Alphabet = "[]{},:\"\\u09-+.eEtrufalsn \n/*val12é\0";

    // One function with a parameter of each kind of codec, so that each meets garbage.
    private static readonly ConnectionDefinition[] Definitions =
    [
        new MultiplyValuesConnection(),
        new DefinitionOf<string>(ValueCodecs.String),
        new DefinitionOf<char>(ValueCodecs.Char),
        new DefinitionOf<double>(ValueCodecs.Double),
        new DefinitionOf<System.Numerics.BigInteger>(ValueCodecs.BigInteger),
        new DefinitionOf<TimeSpan>(ValueCodecs.TimeSpan),
        new DefinitionOf<DateOnly>(ValueCodecs.DateOnly),
        new DefinitionOf<TimeOnly>(ValueCodecs.TimeOnly),
        new DefinitionOf<Guid>(ValueCodecs.Guid),
        new DefinitionOf<Uri>(ValueCodecs.Uri),
        new DefinitionOf<byte[]>(ValueCodecs.ByteArray),
        new DefinitionOf<List<int?>>(ValueCodecs.List(ValueCodecs.Nullable(ValueCodecs.Int32))),
        new DefinitionOf<Dictionary<string, (int, string)>>(ValueCodecs.Json<Dictionary<string, (int, string)>>()),
    ];

    [Fact]
    public void Random_bytes_are_never_more_than_bad_arguments() =>
        Fuzz(random =>
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            return bytes;
        });

    [Fact]
    public void Random_tokens_are_never_more_than_bad_arguments() =>
        Fuzz(random => Encoding.UTF8.GetBytes($"[{random.GetString(Alphabet, random.Next(30))}]"));

    [Fact]
    public void Damaged_calls_are_never_more_than_bad_arguments() =>
        Fuzz(random =>
        {
            string[] calls =
            [
                "[5,{\"val2\":10}]", "[\"a\\u00e9b\"]", "[\"00:00:01.5\"]", "[\"2026-01-02\"]", "[-12345678901234567890]",
                "[[1,null,3]]", "[{\"a\":{\"Item1\":1,\"Item2\":\"x\"}}]", "[\"aGVsbG8=\",{}]", "[{\"value\":\"x\"}]",
            ];
            byte[] bytes = Encoding.UTF8.GetBytes(calls[random.Next(calls.Length)]);
            for (int i = random.Next(3); i >= 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            return bytes[..random.Next(bytes.Length + 1)];
        });

    private void Fuzz(Func<Random, byte[]> next)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] payload = next(random);
            ConnectionDefinition definition = Definitions[random.Next(Definitions.Length)];
            bool named = random.Next(2) == 0;
            int trailingDefaults = random.Next(3);
            try
            {
                new TestInvocation().Invoke(definition, payload, named, trailingDefaults);
            }
            catch (NetException e) when (e.Error == NetError.BadArguments)
            {
                // What random bytes are expected to be.
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, {definition.Name}, named {named}: {Convert.ToHexString(payload)}: {e}");
            }
        }
    }
}
