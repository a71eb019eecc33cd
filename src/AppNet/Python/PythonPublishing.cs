using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Python;

/// <summary>
/// Subscribing at a Python peer: the far end of a link first registers there, then lets the events' own protocol answer. Takes two of that
/// protocol's frames in its place, so it is attached after it.
/// </summary>
/// <param name="neighbour">The Python peer.</param>
internal sealed class PythonPublishing(PythonNeighbour neighbour) : ILinkProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<FrameType> FrameTypes { get; } = [FrameType.Subscribe, FrameType.Unsubscribe];

    /// <inheritdoc/>
    public IFrameHandler Attach(Link link) => new PythonPublishingHandler(neighbour, link);
}
