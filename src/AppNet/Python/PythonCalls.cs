using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Python;

/// <summary>Calls as the far end of a link to a Python peer takes them.</summary>
/// <param name="neighbour">The Python peer.</param>
internal sealed class PythonCalls(PythonNeighbour neighbour) : ILinkProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<FrameType> FrameTypes { get; } = [FrameType.Tag, FrameType.Call, FrameType.Cancel];

    /// <inheritdoc/>
    public IFrameHandler Attach(Link link) => new PythonCallHandler(neighbour, link);
}
