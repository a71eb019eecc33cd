using System.Reflection;
using AppNet.Diagnostics;
using Xunit;

namespace AppNet.Architecture.Tests;

public sealed class LogTests
{
    /// <summary>Ids that were in a release and are gone. They are not used again, so that an alert on one never means another.</summary>
    private static readonly int[] Retired = [];

    private static readonly LogMethod[] Methods = [.. LogMethod.In(Sources.Library)];

    [Fact]
    public void Every_log_method_is_in_the_internal_static_class_Log_of_its_folder()
    {
        var wrong = Methods.Where(method => !method.IsInLogClass).Select(method => method.ToString());

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_event_id_is_in_its_folders_block()
    {
        var wrong = from method in Methods
                    where Blocks().GetValueOrDefault(method.Folder, int.MinValue) is var block && (method.Id < block || method.Id >= block + 100)
                    select $"{method} is not in the block of {method.Folder}; see EventIds.cs.";

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_event_id_is_used_twice()
    {
        var doubled = Methods.GroupBy(method => method.Id).Where(same => same.Count() > 1).Select(same => string.Join(", ", same));

        Assert.Empty(doubled);
    }

    [Fact]
    public void No_event_name_is_used_twice()
    {
        var doubled = Methods.GroupBy(method => method.EventName).Where(same => same.Count() > 1).Select(same => string.Join(", ", same));

        Assert.Empty(doubled);
    }

    [Fact]
    public void No_retired_event_id_is_used_again()
    {
        var revived = Methods.Where(method => Retired.Contains(method.Id)).Select(method => method.ToString());

        Assert.Empty(revived);
    }

    [Fact]
    public void Every_log_method_has_a_message()
    {
        var silent = Methods.Where(method => string.IsNullOrWhiteSpace(method.Message)).Select(method => method.ToString());

        Assert.Empty(silent);
    }

    [Fact]
    public void The_blocks_are_those_of_folders_and_do_not_overlap()
    {
        var blocks = Blocks();

        Assert.All(blocks.Keys, folder => Assert.True(Layers.Table.Has(folder), folder));
        Assert.All(blocks.Values, start => Assert.Equal(0, start % 100));
        Assert.Equal(blocks.Count, blocks.Values.Distinct().Count());
    }

    private static Dictionary<string, int> Blocks() => typeof(EventIds)
        .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!, StringComparer.Ordinal);
}
