using AppNet.Wire;

namespace AppNet.Links;

/// <summary>Takes the frames of one link.</summary>
internal interface IFrameSink
{
    /// <summary>
    /// Handles a frame. Called for one frame after the other in the order of their arrival. User code runs between
    /// <see cref="LoopTurn.BeginUserCode"/> and <see cref="LoopTurn.EndUserCode"/>: when it lasts longer than a millisecond or two, the
    /// next frame comes on another thread, also while this call is still to return.
    /// </summary>
    /// <param name="frame">The frame, valid until this returns.</param>
    /// <exception cref="ProtocolException">The frame is not allowed; the link ends.</exception>
    void OnFrame(in Frame frame);

    /// <summary>
    /// The handling of a frame has held the read loop for too long, and the loop goes on elsewhere. Called before the next frame comes.
    /// </summary>
    void OnHeldUp();

    /// <summary>The last thing that happens: no frame comes any more. Called once, and runs no user code.</summary>
    /// <param name="failure">Why; null when the other side ended in order.</param>
    void OnEnd(Exception? failure);
}
