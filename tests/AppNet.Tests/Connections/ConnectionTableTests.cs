using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class ConnectionTableTests
{
    [Fact]
    public void A_function_is_found_by_its_tag()
    {
        var table = new ConnectionTable();
        int version = table.Version;

        Connection added = table.Add(new MultiplyValuesConnection("mine"));

        Assert.True(table.TryGet("mine", out Connection? found));
        Assert.Same(added, found);
        Assert.Contains(added, table.Connections);
        Assert.True(table.Version > version);
        Assert.False(table.TryGet("Mine", out _));
    }

    [Fact]
    public void The_later_function_under_a_tag_wins_and_is_reported()
    {
        // The table also reports what other tests replace in the catalogue meanwhile, which is one for the process.
        string tag = Guid.NewGuid().ToString();
        List<(Connection Former, Connection Latter)> replaced = [];
        var table = new ConnectionTable((former, latter) => replaced.Add((former, latter)));
        Connection first = table.Add(new MultiplyValuesConnection(tag));

        Connection second = table.Add(new MultiplyValuesConnection(tag));

        Assert.True(table.TryGet(tag, out Connection? found));
        Assert.Same(second, found);
        Assert.Equal([(first, second)], replaced.Where(pair => pair.Former.Tag == tag));
    }

    [Fact]
    public void The_catalogue_is_offered_also_what_comes_later()
    {
        string tag = Guid.NewGuid().ToString();
        ConnectionCatalogue.Add(new MultiplyValuesConnection(tag));
        List<string> replaced = [];
        var table = new ConnectionTable((former, _) => replaced.Add(former.Tag));

        Assert.True(table.TryGet(tag, out Connection? first));

        ConnectionCatalogue.Add(new MultiplyValuesConnection(tag), new MultiplyValuesConnection(tag + "2"));

        Assert.True(table.TryGet(tag + "2", out _));
        Assert.True(table.TryGet(tag, out Connection? second));
        Assert.NotSame(first, second);
        Assert.Contains(tag, replaced);
    }

    [Fact]
    public void A_stub_is_not_offered()
    {
        string tag = Guid.NewGuid().ToString();
        var stub = new DefinitionOf<int>(ValueCodecs.Int32, isImplemented: false, tag);
        ConnectionCatalogue.Add(stub);
        var table = new ConnectionTable();

        Assert.False(table.TryGet(tag, out _));
        Assert.Throws<ArgumentException>(() => table.Add(stub));
    }

    [Fact]
    public void What_was_read_does_not_change()
    {
        var table = new ConnectionTable();
        IReadOnlyList<Connection> before = table.Connections;
        int count = before.Count;

        table.Add(new MultiplyValuesConnection("another"));

        Assert.Equal(count, before.Count);
    }

    [Fact]
    public async Task Functions_may_be_added_while_others_are_looked_up()
    {
        var table = new ConnectionTable();
        table.Add(new MultiplyValuesConnection("there"));

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (i, _) =>
        {
            table.Add(new MultiplyValuesConnection($"tag {i}"));
            Assert.True(table.TryGet("there", out Connection? _));
            return ValueTask.CompletedTask;
        });

        Assert.All(Enumerable.Range(0, 200), i => Assert.True(table.TryGet($"tag {i}", out _)));
    }
}
