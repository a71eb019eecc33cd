using AppNet.Connections;
using AppNet.Events;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>What the module initializer added for the subscribers of this assembly.</summary>
public sealed class SubscriptionTests
{
    private const string Space = "AppNet.Generators.Tests.Compiled.Viewer.";

    [Fact]
    public void A_rule_says_of_whom_it_wants_events()
    {
        SubscriptionDefinition rule = Find("compiled.frame_ready");

        Assert.Equal(["render", "show"], rule.Groups);
        Assert.True(rule.HubsOnly);
        Assert.True(rule.OnHost);
        Assert.Null(rule.Peers);
    }

    [Fact]
    public void A_rule_without_limits_has_none()
    {
        SubscriptionDefinition rule = Find("compiled.stopped");

        Assert.Null(rule.Groups);
        Assert.False(rule.HubsOnly);
        Assert.False(rule.OnHost);
        Assert.Null(rule.Peers);
    }

    [Fact]
    public void One_handler_of_several_events_is_one_definition()
    {
        SubscriptionDefinition failed = Find("compiled.failed");

        Assert.Equal(["host:3010"], failed.Peers);
        Assert.Same(Find("compiled.stopped").Handler, failed.Handler);
        Assert.True(failed.Handler.IsCancellable);
    }

    [Fact]
    public void A_handler_is_offered_as_a_function_only_when_it_is_connected_too()
    {
        ConnectionDefinition[] functions = ConnectionCatalogue.Snapshot();

        Assert.DoesNotContain(functions, function => string.Equals(function.Name, Space + "OnFrame", StringComparison.Ordinal));
        ConnectionDefinition connected = Assert.Single(
            functions, function => string.Equals(function.Name, Space + "OnEnd", StringComparison.Ordinal));
        Assert.Equal("Viewer.OnEnd", connected.Tag);
    }

    [Fact]
    public void A_handler_is_run_with_the_arguments_and_the_context()
    {
        ConnectionDefinition handler = Find("compiled.frame_ready").Handler;
        var context = new EventContext(null!, "compiled.frame_ready", number: 12, missed: 3, hasPublisherRestarted: false);
        List<string> notes = Viewer.Note();

        RoundTrip.Of(handler, (5, "a"), context);
        RoundTrip.Of(handler, (6, "none"), context);

        Assert.Equal(["frame", "path"], handler.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("Shows a frame.", handler.Summary);
        Assert.Equal(["5 a 12 3", "6 none 12 3"], notes);
    }

    private static SubscriptionDefinition Find(string name) =>
        Assert.Single(
            SubscriptionCatalogue.Snapshot(),
            rule => string.Equals(rule.EventName, name, StringComparison.Ordinal));
}
