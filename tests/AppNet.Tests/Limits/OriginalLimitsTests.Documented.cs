using Xunit;

namespace AppNet.Tests.Limits;

public sealed partial class OriginalLimitsTests
{
    // Row 18: documented and failing. A bare [Connect] and a hook that changes its arguments are shown with generated code, in
    // AppNet.Generators.Tests: A_call_with_a_peer_is_the_overload, A_hook_that_takes_the_arguments_may_change_them_in_place.
    [Fact]
    public async Task What_the_original_documents_for_peers_works()
    {
        var (caller, other) = await StartTwoAsync();
        var member = await _peers.StartAsync(options => options.Group = "group1");

        var peers = await caller.GetPeersAsync(cancellationToken: Limit);
        var group = await caller.GetPeersAsync("group1", refresh: true, cancellationToken: Limit);

        Assert.Equal(other.Id, peers[0].Id);
        Assert.Equal([other.Id, member.Id], peers.Select(peer => peer.Id));
        Assert.Equal(member.Id, group[0].Id);
        Assert.Equal(peers["group1"], peers[member.Id] is var found ? [found] : []);
    }

    // Row 18: args[0] = … in an event hook.
    [Fact]
    public void An_argument_of_an_event_can_be_replaced()
    {
        EventArguments args = ["raw", 2];

        args[0] = "cleaned";

        Assert.Equal(["cleaned", 2], args);
    }

    // Row 18: set_config.
    [Fact]
    public async Task Settings_are_set_in_code_and_change_at_run_time()
    {
        var peer = await _peers.StartAsync(options => (options.Group, options.ThreadLimit) = ("before", 9));

        peer.Reconfigure(group: "after", isHub: true);

        Assert.Equal(("after", true, 9), (peer.Options.Group, peer.Options.IsHub, peer.Options.ThreadLimit));
        Assert.Throws<InvalidOperationException>(() => peer.Options.Group = "behind its back");
    }
}
