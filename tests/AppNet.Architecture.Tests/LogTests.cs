using System.Reflection;
using AppNet.Diagnostics;
using Xunit;

namespace AppNet.Architecture.Tests;

public sealed class LogTests
{
    /// <summary>Ids that were in a release and are gone. They are not used again, so that an alert on one never means another.</summary>
    private static readonly int[] Retired = [];

    private static readonly LogMethod Good = new("Log.LinkLost", "Links", 207, "LinkLost", "Lost {Peer}", IsInLog: true);

    [Fact]
    public void Every_log_method_keeps_the_rules()
    {
        var violations = LogRules.Violations([.. LogMethod.In(Sources.Library.GetTypes())], Blocks(), Retired);

        Expect.None(violations);
    }

    [Fact]
    public void The_blocks_are_those_of_folders_and_do_not_overlap()
    {
        var blocks = Blocks();

        Assert.All(blocks.Keys, folder => Assert.True(Layers.Table.Has(folder), folder));
        Assert.All(blocks.Values, start => Assert.Equal(0, start % LogRules.BlockSize));
        Assert.Equal(blocks.Count, blocks.Values.Distinct().Count());
    }

    [Fact]
    public void A_log_method_is_found_by_its_attribute()
    {
        var found = Assert.Single(LogMethod.In([typeof(Fixtures.StrayLog)]));

        Assert.Equal((Fixtures.StrayLog.Id, "LinkLost", "Lost {Peer}", false), (found.Id, found.EventName, found.Message, found.IsInLog));
    }

    [Fact]
    public void Each_broken_rule_is_reported()
    {
        Dictionary<string, int> blocks = new(StringComparer.Ordinal) { ["Links"] = 200 };

        Assert.Empty(LogRules.Violations([Good], blocks, [208]));
        Report("is not in the internal static partial class Log", Good with { IsInLog = false });
        Report("has no block for folder Peers", Good with { Folder = "Peers" });
        Report("id 199 is outside Links's block, 200 to 299", Good with { Id = 199 });
        Report("id 300 is outside", Good with { Id = 300 });
        Report("id 208 is retired", Good with { Id = 208 });
        Report("has no message", Good with { Message = " " });
        Report("have the same event id", Good, Good with { EventName = "LinkClosed" });
        Report("have the same event name", Good, Good with { Id = 209 });

        void Report(string fault, params LogMethod[] methods) =>
            Assert.Contains(fault, Assert.Single(LogRules.Violations(methods, blocks, [208])), StringComparison.Ordinal);
    }

    private static Dictionary<string, int> Blocks() => typeof(EventIds)
        .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!, StringComparer.Ordinal);
}
