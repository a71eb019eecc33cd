namespace AppNet.Generators.Parsing;

/// <summary>What a method is marked as.</summary>
internal enum Role
{
    /// <summary>A connected function.</summary>
    Function,

    /// <summary>A connected function that only other peers have.</summary>
    Stub,

    /// <summary>An event, which calling the method raises.</summary>
    Event,

    /// <summary>A handler of events.</summary>
    Subscriber,

    /// <summary>A method of a contract.</summary>
    Contract,

    /// <summary>A handler of a flag.</summary>
    FlagHandler,
}
