using AppNet.Connections;

namespace AppNet.Python;

/// <summary>The handler of an event that a Python peer has subscribed to: it delivers the event over its wire, one after the other.</summary>
/// <param name="neighbour">The Python peer.</param>
/// <param name="eventName">The event.</param>
/// <param name="connection">The name of the receiving function, as it travels.</param>
internal sealed class PythonDelivery(PythonNeighbour neighbour, string eventName, string connection)
    : ConnectionDefinition(eventName, eventName, [], typeof(void))
{
    /// <inheritdoc/>
    internal override bool TakesAnyArguments => true;

    /// <inheritdoc/>
    public override void Invoke(ref ArgumentReader arguments, Invocation invocation)
    {
        // Copied: the payload is the link's, the delivery outlives the frame.
        var payload = arguments.Payload.ToArray();
        var isNamed = arguments.IsNamed;
        invocation.Return(Task.Run(() => neighbour.DeliverAsync(Tag, connection, payload, isNamed)));
    }
}
