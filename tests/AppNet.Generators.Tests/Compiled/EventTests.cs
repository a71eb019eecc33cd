using System.Text;
using AppNet.Connections;
using AppNet.Events;
using AppNet.Wire;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>What calling an event raises.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task Calling_an_event_raises_its_one_definition_with_the_arguments()
    {
        RecordingRaiser first = await RecordingRaiser.OfAsync(() => Camera.FrameReady(5, "a"));
        RecordingRaiser second = await RecordingRaiser.OfAsync(() => Camera.FrameReady(6));

        var definition = Assert.IsType<EventDefinition<(int, string)>>(first.Event, exactMatch: false);
        Assert.Equal("compiled.frame_ready", definition.Name);
        Assert.Equal(EventQueueFull.Wait, definition.WhenFull);
        ConnectionParameter[] expected = [new("frame", typeof(int)), new("path", typeof(string), IsOptional: true, DefaultValue: "none")];
        Assert.Equal(expected, definition.Parameters);
        Assert.Equal((5, "a"), first.Arguments);
        Assert.Equal((6, "none"), second.Arguments);
        Assert.Same(definition, second.Event);
    }

    [Fact]
    public async Task Arguments_of_an_event_are_written_by_position()
    {
        RecordingRaiser raised = await RecordingRaiser.OfAsync(() => Camera.FrameReady(5, "ü"));

        Assert.Equal("[5,\"ü\"]", Written((EventDefinition<(int, string)>)raised.Event!, (5, "ü")));
    }

    [Fact]
    public async Task An_event_without_parameters_may_return_a_value_task()
    {
        RecordingRaiser raised = await RecordingRaiser.OfAsync(() => Camera.Stopped().AsTask());

        Assert.Equal(EventQueueFull.DropOldest, raised.WhenFull);
        Assert.Empty(Assert.IsType<EventDefinition<ValueTuple>>(raised.Event, exactMatch: false).Parameters);
    }

    [Fact]
    public async Task A_hook_that_takes_the_parameters_says_what_is_raised()
    {
        RecordingRaiser raised = await RecordingRaiser.OfAsync(() => Camera.ImageReady(640, "a"));

        Assert.Equal("compiled.image_ready", raised.Event);
        var arguments = Assert.IsType<EventArguments>(raised.Arguments);
        Assert.Equal(640, arguments[0]);
        Assert.Equal("a", arguments["path"]);
    }

    [Fact]
    public async Task A_hook_that_takes_the_arguments_may_change_them_in_place()
    {
        RecordingRaiser raised = await RecordingRaiser.OfAsync(() => Camera.Cleaned("  text ", 2));

        Assert.Equal("compiled.cleaned", raised.Event);
        Assert.Equal(EventQueueFull.Disconnect, raised.WhenFull);
        Assert.Equal(["text", 2], Assert.IsType<EventArguments>(raised.Arguments));
    }

    [Fact]
    public async Task What_a_hook_throws_reaches_the_raiser_and_nothing_is_raised()
    {
        RecordingRaiser raised = await RecordingRaiser.OfAsync(
            () => Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Camera.ImageReady(-1, "a")));

        Assert.Null(raised.Event);
    }

    private static string Written<TArguments>(EventDefinition<TArguments> definition, TArguments arguments)
        where TArguments : struct
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        var writer = new ArgumentWriter(payload, SerializerOptionsFactory.Build());
        definition.WriteArguments(ref writer, in arguments);
        writer.End();
        string text = Encoding.UTF8.GetString(payload.WrittenSpan);
        PayloadBuffer.Return(payload);
        return text;
    }
}
