namespace AppNet.Generators.Models;

/// <summary>Who gives a parameter its argument.</summary>
internal enum ParameterKind
{
    /// <summary>The caller; the wire carries it.</summary>
    Value,

    /// <summary>The runtime: a token that ends when the call is given up.</summary>
    Token,

    /// <summary>The runtime: the context of the call.</summary>
    Context,

    /// <summary>The runtime: the context of the event.</summary>
    EventContext,

    /// <summary>The caller of a stub: the peer that runs it.</summary>
    Peer,
}
