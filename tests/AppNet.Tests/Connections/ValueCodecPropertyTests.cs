using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AppNet.Tests.Connections;

/// <summary>A codec and System.Text.Json read each other's text; FsCheck prints the seed of a failure.</summary>
public sealed class ValueCodecPropertyTests
{
    private enum Small : sbyte
    {
        Lowest = sbyte.MinValue,
    }

    [Fact]
    public void Simple_values_cross_between_the_codecs_and_STJ()
    {
        Crosses(ValueCodecs.Boolean);
        Crosses(ValueCodecs.Byte);
        Crosses(ValueCodecs.SByte);
        Crosses(ValueCodecs.Int16);
        Crosses(ValueCodecs.UInt16);
        Crosses(ValueCodecs.Int32);
        Crosses(ValueCodecs.UInt32);
        Crosses(ValueCodecs.Int64);
        Crosses(ValueCodecs.UInt64);
        Crosses(ValueCodecs.Single);
        Crosses(ValueCodecs.Double);
        Crosses(ValueCodecs.Decimal);
        Crosses(ValueCodecs.Guid);
        Crosses(ValueCodecs.DateTime);
        Crosses(ValueCodecs.DateTimeOffset);
        Crosses(ValueCodecs.TimeSpan);
        Crosses(ValueCodecs.String, Gen.Elements("", "a\"\\\n\u0001", "<&'+>", "\U0001F600", "\u2028é").Or(Texts()));
        Crosses(ValueCodecs.Char, ArbMap.Default.GeneratorFor<char>().Where(c => !char.IsSurrogate(c)));
    }

    [Fact]
    public void Derived_values_cross_between_the_codecs_and_STJ()
    {
        Gen<long> ticks = ArbMap.Default.GeneratorFor<DoNotSize<long>>().Select(t => t.Item);
        Crosses(ValueCodecs.TimeOnly, ticks.Select(t => new TimeOnly((t & long.MaxValue) % TimeSpan.TicksPerDay)));
        Crosses(ValueCodecs.TimeSpan, ticks.Select(t => new TimeSpan(t)));
        Crosses(ValueCodecs.DateOnly, Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber));
        Crosses(ValueCodecs.Uri, Gen.Elements(new Uri("http://host/ä?q=1 2"), new Uri("a/b", UriKind.Relative)));
        Crosses(ValueCodecs.ByteArray);
        Crosses(ValueCodecs.Nullable(ValueCodecs.Int32));
        Crosses(ValueCodecs.Array(ValueCodecs.Nullable(ValueCodecs.Int64)));
        Crosses(ValueCodecs.List(ValueCodecs.Array(ValueCodecs.Int32)));
        Crosses(ValueCodecs.Enum<Small>(), Gen.Choose(sbyte.MinValue, sbyte.MaxValue).Select(i => (Small)i));
        Crosses(ValueCodecs.Enum<DayOfWeek>());
        Crosses(ValueCodecs.Json<Dictionary<string, int>>(), Texts().Select(t => new Dictionary<string, int>(StringComparer.Ordinal) { [t] = t.Length }));
    }

    [Fact]
    public void Big_integers_cross_between_the_codec_and_our_options_of_STJ()
    {
        ValueCodec<System.Numerics.BigInteger> codec = ValueCodecs.BigInteger;

        Check.QuickThrowOnFailure(Prop.ForAll<System.Numerics.BigInteger, byte>((small, shift) =>
        {
            System.Numerics.BigInteger value = small << shift;
            byte[] text = Written(codec, value);
            return Read(codec, JsonSerializer.SerializeToUtf8Bytes(value, TestInvocation.Options)) == value
                && JsonSerializer.Deserialize<System.Numerics.BigInteger>(text, TestInvocation.Options) == value;
        }));
    }

    private static Gen<string> Texts() =>
        ArbMap.Default.GeneratorFor<char>().Where(c => !char.IsSurrogate(c)).ArrayOf().Select(chars => new string(chars));

    private static void Crosses<T>(ValueCodec<T> codec) => Crosses(codec, ArbMap.Default.GeneratorFor<T>());

    private static void Crosses<T>(ValueCodec<T> codec, Gen<T> values) =>
        Check.QuickThrowOnFailure(Prop.ForAll(values.ToArbitrary(), value =>
        {
            T fromStj = Read(codec, JsonSerializer.SerializeToUtf8Bytes(value, TestInvocation.Options));
            T? fromCodec = JsonSerializer.Deserialize<T>(Written(codec, value), TestInvocation.Options);
            Assert.Equal(value, fromStj);
            Assert.Equal(value, fromCodec);
        }));

    private static byte[] Written<T>(ValueCodec<T> codec, T value)
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        try
        {
            ResultPayload.Write(payload, codec, value, "test", TestInvocation.Options);
            return payload.WrittenSpan.ToArray();
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }

    private static T Read<T>(ValueCodec<T> codec, byte[] json) =>
        ResultPayload.Read(json, codec, "test", TestInvocation.Options);
}
