using Xunit;

namespace AppNet.Tests.Vocabulary;

public sealed class PeerInfoTests
{
    [Fact]
    public void An_info_is_text_in_one_line()
    {
        var info = Sample.Info() with { IsHub = true, Values = new Dictionary<string, string> { ["gpu"] = "two\nlines" } };

        var text = info.ToString();

        Assert.StartsWith("127.0.0.1:3010 -> None (hub): ", text, StringComparison.Ordinal);
        Assert.EndsWith(", gpu=two\\nlines", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void Two_infos_are_equal_when_all_they_say_is()
    {
        var info = Sample.Info() with { Values = new Dictionary<string, string> { ["a"] = "1" } };

        Assert.Equal(info, info with { Values = new Dictionary<string, string> { ["a"] = "1" } });
        Assert.NotEqual(info, info with { Values = new Dictionary<string, string> { ["a"] = "2" } });
        Assert.NotEqual(info, info with { Values = new Dictionary<string, string> { ["b"] = "1" } });
        Assert.NotEqual(info, info with { Group = "g" });
        Assert.NotEqual(info, info with { User = "other" });
        Assert.NotEqual(info, info with { HasDebugger = true });
        Assert.NotEqual(info, info with { IsHub = true });
    }

    [Fact]
    public void This_process_says_who_it_is()
    {
        var instance = Guid.NewGuid();

        var info = PeerInfo.ForThisProcess(new PeerId("::1", 4000, "g"), instance, TimeProvider.System);

        Assert.Equal(new PeerId("::1", 4000, "g"), info.Id);
        Assert.Equal(instance, info.Instance);
        Assert.Equal(Environment.ProcessId, info.ProcessId);
        Assert.Equal(Environment.ProcessPath, info.Executable);
        Assert.NotEqual("", info.Version);
        Assert.StartsWith(".NET", info.Runtime, StringComparison.Ordinal);
    }
}
