using System.Globalization;
using AppNet.Peers;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class NetOptionsTests
{
    [Fact]
    public void The_defaults_are_the_seeds_and_valid()
    {
        var options = new NetOptions().InForce(NetSettings.Empty);

        Assert.Equal((3010, 5, 5), (options.PortStart, options.PortRange, options.ThreadLimit));
        Assert.Null(options.Group);
        Assert.Null(options.DefaultTimeout);
        Assert.False(options.IsHub);
        Assert.False(options.Dev);
    }

    [Fact]
    public void Code_beats_variables_which_beat_the_configuration_which_beats_defaults()
    {
        var options = new NetOptions { PortStart = 3010 };
        var variables = NetEnvironmentTests.Read(("NET_PORT", "4000"), ("NET_PORT_RANGE", "7"));
        var configuration = new NetSettings { PortStart = 1, PortRange = 1, ThreadLimit = 9 };

        var inForce = options.InForce(variables, configuration);

        Assert.Equal((3010, 7, 9), (inForce.PortStart, inForce.PortRange, inForce.ThreadLimit));
    }

    [Fact]
    public void A_group_set_to_none_in_code_beats_the_variable()
    {
        var variables = NetEnvironmentTests.Read(("NET_GROUP", "render"));

        Assert.Equal("render", new NetOptions().InForce(variables).Group);
        Assert.Null(new NetOptions { Group = null }.InForce(variables).Group);
        Assert.Null(new NetOptions { Group = "None" }.InForce(variables).Group);
        Assert.Null(new NetOptions().InForce(NetEnvironmentTests.Read(("NET_GROUP", "None"))).Group);
    }

    [Fact]
    public void A_no_in_code_beats_a_yes_in_a_variable()
    {
        var variables = NetEnvironmentTests.Read(("NET_IS_HUB", "1"));

        Assert.True(new NetOptions().InForce(variables).IsHub);
        Assert.False(new NetOptions { IsHub = false }.InForce(variables).IsHub);
    }

    [Fact]
    public void Options_can_be_put_in_force_twice_with_different_variables()
    {
        var options = new NetOptions();

        var first = options.InForce(NetEnvironmentTests.Read(("NET_PORT", "4000")));
        var second = options.InForce(NetEnvironmentTests.Read(("NET_PORT", "5000")));

        Assert.Equal((4000, 5000, 3010), (first.PortStart, second.PortStart, options.PortStart));
    }

    [Fact]
    public void All_faults_are_in_one_message_with_the_name_of_each_setting_and_its_value()
    {
        var options = new NetOptions
        {
            ThreadLimit = 0,
            Group = "a\nb",
            DefaultTimeout = TimeSpan.FromSeconds(-1),
            MaxLinks = -5,
            KeepAliveOnHost = new() { PingAfter = TimeSpan.FromSeconds(3), DoubtAfter = TimeSpan.FromSeconds(2), LostAfter = TimeSpan.FromSeconds(1) },
        };
        options.Info["x"] = new string('y', 2000);
        var variables = NetEnvironmentTests.Read(("NET_PORT", "70000"), ("NET_PORT_RANGE", "many"));

        var message = Assert.Throws<ArgumentException>(() => options.InForce(variables)).Message;

        Assert.Contains("8 are wrong", message, StringComparison.Ordinal);
        Assert.Contains("NET_PORT is 70000", message, StringComparison.Ordinal);
        Assert.Contains("NET_PORT_RANGE is 'many'", message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.ThreadLimit is 0; it takes 1 to 1024.", message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.Group is 'a\nb'", message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.DefaultTimeout is -00:00:01", message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.MaxLinks is -5", message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.KeepAliveOnHost is 3 / 2 / 1 s", message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.Info[\"x\"]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_536)]
    public void A_first_port_out_of_range_is_refused(int port)
    {
        var error = Assert.Throws<ArgumentException>(() => new NetOptions { PortStart = port }.InForce());

        Assert.Contains($"NetOptions.PortStart is {port.ToString(CultureInfo.InvariantCulture)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_may_end_at_the_last_port_and_not_beyond()
    {
        Assert.Equal(65_530, new NetOptions { PortStart = 65_530 }.InForce().PortStart);

        var error = Assert.Throws<ArgumentException>(() => new NetOptions { PortStart = 65_531 }.InForce());

        Assert.Contains("ends beyond port 65535", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_group_in_code_is_an_error() =>
        Assert.Contains("is empty", Assert.Throws<ArgumentException>(() => new NetOptions { Group = "" }.InForce()).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_in_force_cant_be_changed_and_does_not_follow_the_original()
    {
        var options = new NetOptions();
        options.Info["gpu"] = "2";
        var inForce = options.InForce();

        options.Info["gpu"] = "3";
        options.PortStart = 4000;

        Assert.Equal("2", inForce.Info["gpu"]);
        Assert.Equal(3010, inForce.PortStart);
        Assert.Throws<InvalidOperationException>(() => inForce.PortStart = 1);
        Assert.Throws<InvalidOperationException>(() => inForce.Group = "g");
        Assert.Throws<NotSupportedException>(() => inForce.Info["gpu"] = "3");
    }

    [Fact]
    public void Values_that_are_small_alone_and_large_together_are_refused()
    {
        var options = new NetOptions();
        for (var i = 0; i < 10; i++)
        {
            options.Info[$"n{i}"] = new string('v', 1000);
        }

        Assert.Contains("NetOptions.Info takes", Assert.Throws<ArgumentException>(() => options.InForce()).Message, StringComparison.Ordinal);
    }
}
