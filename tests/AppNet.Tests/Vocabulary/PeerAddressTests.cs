using Xunit;

namespace AppNet.Tests.Vocabulary;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:3011", "127.0.0.1", 3011)]
    [InlineData("127.0.0.1", "127.0.0.1", 3010)]
    [InlineData("box.example", "box.example", 3010)]
    [InlineData("[::1]:4000", "::1", 4000)]
    [InlineData("[::1]", "::1", 3010)]
    [InlineData("::1", "::1", 3010)]
    [InlineData("fe80::1:2", "fe80::1:2", 3010)]
    public void An_address_is_a_host_with_or_without_a_port(string text, string host, int port)
    {
        var address = PeerAddress.Parse(text);

        Assert.Equal(new PeerAddress(host, port), address);
        Assert.Equal(address, PeerAddress.Parse(address.ToString()));
        Assert.True(PeerAddress.TryParse(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":3010")]
    [InlineData("a:")]
    [InlineData("a:b")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:1:2")]
    [InlineData("[::1")]
    [InlineData("[a]:1")]
    [InlineData("http://a:1")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(PeerAddress.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => PeerAddress.Parse(text)).Message, StringComparison.Ordinal);
    }
}
