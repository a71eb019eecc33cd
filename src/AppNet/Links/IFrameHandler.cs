using AppNet.Wire;

namespace AppNet.Links;

/// <summary>What one protocol has to do with one link.</summary>
internal interface IFrameHandler
{
    /// <summary>
    /// Gets whether nothing is under way on the link, so that it can be closed without loss. Read by any thread.
    /// </summary>
    bool IsIdle { get; }

    /// <summary>Handles a frame of its types. As <see cref="IFrameSink.OnFrame"/>.</summary>
    /// <param name="frame">The frame, valid until this returns.</param>
    void OnFrame(in Frame frame);

    /// <summary>As <see cref="IFrameSink.OnHeldUp"/>, told to every handler of the link.</summary>
    void OnHeldUp();

    /// <summary>The other side stops: what was sent after a certain call is not taken. On the read loop.</summary>
    /// <param name="lastCall">The last call that it took.</param>
    /// <param name="takesNothingMore">False when it still takes what is under way.</param>
    void OnGoodbye(uint lastCall, bool takesNothingMore);

    /// <summary>This side gives up the link for another one to the same peer; what is under way goes on. On any thread.</summary>
    void OnLeaving()
    {
    }

    /// <summary>
    /// Waits for requests that are being sent by threads which saw that the link takes them, so that none follows this side's goodbye.
    /// On any thread.
    /// </summary>
    void Settle()
    {
    }

    /// <summary>Takes no further requests of the other side.</summary>
    /// <returns>The last call that was taken.</returns>
    uint Stop();

    /// <summary>The link is gone. Called once, after the last frame; runs no user code.</summary>
    /// <param name="reason">Why.</param>
    void OnLost(NetException reason);
}
