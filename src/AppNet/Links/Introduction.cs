using AppNet.Wire;

namespace AppNet.Links;

/// <summary>How a side names itself in the handshake.</summary>
internal static class Introduction
{
    /// <summary>Makes the message.</summary>
    /// <param name="self">Who speaks.</param>
    /// <param name="proof">Its proof, if one is due.</param>
    /// <returns>The message.</returns>
    public static IntroductionMessage Of(HandshakeParty self, byte[]? proof)
    {
        var limits = self.Options.Limits;
        var message = new LimitsMessage(
            limits.Frame, limits.Calls, limits.Tags, limits.Raw ? true : null, Announced(limits.Stream), Announced(limits.Streams));
        return new IntroductionMessage(self.Info, message, proof);
    }

    /// <summary>Reads the limits of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The limits.</returns>
    /// <exception cref="ProtocolException">A limit is below what every peer must take.</exception>
    public static LinkLimits LimitsOf(IntroductionMessage message)
    {
        var limits = message.Limits;
        if (limits.Frame < 4096 || limits.Calls < 1 || limits.Tags < 0 || limits.Stream < 0 || limits.Link < 0)
        {
            throw new ProtocolException($"The limits {limits} are below what every peer must take.");
        }

        // Streams are spoken only when both credits are there.
        var speaksStreams = limits is { Stream: > 0, Link: > 0 };
        return new LinkLimits(
            limits.Frame,
            limits.Calls,
            limits.Tags,
            limits.Raw ?? false,
            speaksStreams ? limits.Stream!.Value : 0,
            speaksStreams ? limits.Link!.Value : 0);
    }

    private static int? Announced(int credit) => credit > 0 ? credit : null;
}
