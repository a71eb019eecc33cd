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
        return new IntroductionMessage(self.Info, new LimitsMessage(limits.Frame, limits.Calls, limits.Tags), proof);
    }

    /// <summary>Reads the limits of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The limits.</returns>
    /// <exception cref="ProtocolException">A limit is below what every peer must take.</exception>
    public static LinkLimits LimitsOf(IntroductionMessage message)
    {
        var limits = message.Limits;
        if (limits.Frame < 4096 || limits.Calls < 1 || limits.Tags < 0)
        {
            throw new ProtocolException($"The limits {limits} are below what every peer must take.");
        }

        return new LinkLimits(limits.Frame, limits.Calls, limits.Tags);
    }
}
