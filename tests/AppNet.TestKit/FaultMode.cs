namespace AppNet.TestKit;

/// <summary>What happens to bytes on their way.</summary>
internal enum FaultMode
{
    /// <summary>They pass.</summary>
    Pass,

    /// <summary>They wait; nothing is lost.</summary>
    Hold,

    /// <summary>They vanish, and whoever sent them does not know.</summary>
    Drop,

    /// <summary>The operation fails.</summary>
    Fail,
}
