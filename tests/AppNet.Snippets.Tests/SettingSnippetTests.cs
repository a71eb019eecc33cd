using AppNet.Snippets.Settings;
using Xunit;

namespace AppNet.Snippets.Tests;

public sealed class SettingSnippetTests
{
    [Fact]
    public async Task Options_in_force_can_be_read()
    {
        await using var stage = new Stage();
        var near = await stage.StartAsync("render");

        Assert.Equal(["3010-3015, group render"], await stage.RunAsync(near, Starting.Read));
    }

    [Fact]
    public async Task All_that_is_wrong_is_in_one_message()
    {
        await using var stage = new Stage();

        Starting.Wrong();

        Assert.Equal(
            [
                "The peer can't start with these options: 2 are wrong.",
                "- NetOptions.PortStart is 70000; it takes 1 to 65535.",
                "- NetOptions.ThreadLimit is 0; it takes 1 to 1024.",
            ],
            stage.Printed);
    }
}
