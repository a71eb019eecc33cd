using AppNet.Wire;

namespace AppNet.Links;

/// <summary>Something that is spoken over links, such as calls. One for a peer; each link gets a handler of its own.</summary>
internal interface ILinkProtocol
{
    /// <summary>Gets the frames that its handlers take. No two protocols take the same.</summary>
    IReadOnlyList<FrameType> FrameTypes { get; }

    /// <summary>Makes the handler of a link that is about to be read.</summary>
    /// <param name="link">The link.</param>
    /// <returns>The handler.</returns>
    IFrameHandler Attach(Link link);
}
