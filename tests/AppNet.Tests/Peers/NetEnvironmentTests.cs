using AppNet.Peers;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class NetEnvironmentTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("On", true)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_yes_or_no_is_written_in_many_ways(string? value, bool? expected)
    {
        var settings = Read(("NET_IS_HUB", value), ("NET_DEV", value));

        Assert.Equal(expected, settings.IsHub);
        Assert.Equal(expected, settings.Dev);
        Assert.Empty(settings.Problems);
    }

    [Fact]
    public void What_is_neither_yes_nor_no_is_named()
    {
        var settings = Read(("NET_IS_HUB", "maybe"));

        Assert.Null(settings.IsHub);
        Assert.Contains("NET_IS_HUB is 'maybe'", Assert.Single(settings.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4000", null, 4000)]
    [InlineData(null, "4000", 4000)]
    [InlineData("4000", "4000", 4000)]
    [InlineData("", "4000", 4000)]
    [InlineData(null, null, null)]
    public void The_first_port_has_two_names(string? port, string? start, int? expected)
    {
        var settings = Read(("NET_PORT", port), ("NET_PORT_START", start));

        Assert.Equal(expected, settings.PortStart);
        Assert.Empty(settings.Problems);
    }

    [Fact]
    public void The_two_names_with_different_values_are_an_error()
    {
        var settings = Read(("NET_PORT", "4000"), ("NET_PORT_START", "4001"));

        Assert.Contains("NET_PORT is 4000 and NET_PORT_START is 4001", Assert.Single(settings.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("five")]
    [InlineData("5.0")]
    [InlineData("99999999999")]
    public void What_is_no_number_is_named(string value)
    {
        var settings = Read(("NET_THREAD_LIMIT", value), ("NET_PORT_RANGE", value));

        Assert.Equal(2, settings.Problems.Count);
        Assert.Contains(settings.Problems, problem => problem.StartsWith($"NET_THREAD_LIMIT is '{value}'", StringComparison.Ordinal));
    }

    internal static NetSettings Read(params (string Name, string? Value)[] variables) =>
        NetEnvironment.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
