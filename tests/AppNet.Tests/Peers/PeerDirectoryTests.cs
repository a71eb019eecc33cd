using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class PeerDirectoryTests
{
    private static readonly Peer Alone = new(NoLinks.Instance, new PeerId("a", 1));
    private static readonly Peer RenderA = new(NoLinks.Instance, new PeerId("a", 2, "render"));
    private static readonly Peer RenderB = new(NoLinks.Instance, new PeerId("b", 1, "render"));
    private static readonly Peer Ops = new(NoLinks.Instance, new PeerId("z", 9, "Ops"));

    [Fact]
    public void Peers_are_in_the_order_of_group_host_and_port_however_they_were_found()
    {
        Peer[] expected = [Alone, Ops, RenderA, RenderB];

        Assert.Equal(expected, new PeerDirectory([RenderB, RenderA, Ops, Alone]));
        Assert.Equal(expected, new PeerDirectory([Ops, Alone, RenderB, RenderA]));
        Assert.Equal(Alone, new PeerDirectory([RenderB, Alone])[0]);
    }

    [Fact]
    public void Peers_are_found_by_id()
    {
        var directory = new PeerDirectory([RenderA, Alone]);

        Assert.Same(RenderA, directory[RenderA.Id]);
        Assert.True(directory.TryGet(Alone.Id, out var found));
        Assert.Same(Alone, found);
        Assert.False(directory.TryGet(Ops.Id, out _));
        Assert.Contains("z:9 -> Ops", Assert.Throws<KeyNotFoundException>(() => directory[Ops.Id]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Peers_are_found_by_group_and_those_without_one_under_None()
    {
        var directory = new PeerDirectory([RenderB, Alone, RenderA]);

        Assert.Equal(["None", "render"], directory.Groups);
        Assert.Equal([RenderA, RenderB], directory["render"]);
        Assert.Equal([Alone], directory["None"]);
        Assert.Empty(directory["rend"]);
    }

    [Fact]
    public void Of_two_peers_with_one_id_the_later_one_counts()
    {
        var again = new Peer(NoLinks.Instance, RenderA.Id);

        var directory = new PeerDirectory([RenderA, again]);

        Assert.Same(again, Assert.Single(directory));
    }

    [Fact]
    public void An_empty_directory_has_nobody()
    {
        var directory = new PeerDirectory([]);

        Assert.Empty(directory);
        Assert.Empty(directory.Groups);
        Assert.Empty(directory["None"]);
    }
}
