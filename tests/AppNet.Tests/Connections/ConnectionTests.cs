using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class ConnectionTests
{
    [Flags]
    private enum Colors
    {
        None,
        Red,
        Green,
    }

    [Fact]
    public void A_connection_shows_the_function_as_CSharp_writes_it()
    {
        var connection = new Connection(new MultiplyValuesConnection());

        Assert.Equal("Calc.MultiplyValues(int val1, int val2 = 5) : int", connection.ToString());
        Assert.Equal("Calc.MultiplyValues", connection.Tag);
        Assert.Equal("Multiplies.", connection.Summary);
        Assert.Equal(["val1", "val2"], connection.Parameters.Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData(typeof(int?[]), "int?[]")]
    [InlineData(typeof(int[][,]), "int[][,]")]
    [InlineData(typeof(Dictionary<string, List<byte>>), "Dictionary<string, List<byte>>")]
    [InlineData(typeof((int, string)?), "(int, string)?")]
    [InlineData(typeof((int, int, int, int, int, int, int, char, bool)), "(int, int, int, int, int, int, int, char, bool)")]
    [InlineData(typeof(Dictionary<int, object>.Enumerator), "Dictionary.Enumerator")]
    [InlineData(typeof(Guid), "Guid")]
    [InlineData(typeof(void), "void")]
    public void Types_have_their_names_of_CSharp(Type type, string name) => Assert.Equal(name, SignatureText.NameOf(type));

    [Theory]
    [InlineData(typeof(string), null, "null")]
    [InlineData(typeof(string), "a\"\\\n", "\"a\\\"\\\\\\n\"")]
    [InlineData(typeof(char), '\'', "'\\''")]
    [InlineData(typeof(bool), true, "true")]
    [InlineData(typeof(int?), null, "null")]
    [InlineData(typeof(DateTime), null, "default")]
    [InlineData(typeof(double), 1.5, "1.5")]
    [InlineData(typeof(Colors), Colors.Red, "Colors.Red")]
    [InlineData(typeof(Colors), 3, "Colors.Red | Colors.Green")]
    [InlineData(typeof(Colors?), 9, "(Colors)9")]
    public void Defaults_have_their_text_of_CSharp(Type type, object? value, string text)
    {
        var definition = new Definition([new ConnectionParameter("x", type, IsOptional: true, value)]);

        Assert.EndsWith($" x = {text})", definition.Signature.Replace("ConnectionTests.", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private sealed class Definition(IReadOnlyList<ConnectionParameter> parameters)
        : ConnectionDefinition("tag", "Name", parameters, typeof(void))
    {
        public override void Invoke(ref ArgumentReader arguments, Invocation invocation) => invocation.Return();
    }
}
