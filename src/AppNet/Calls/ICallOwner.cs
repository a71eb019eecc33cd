using System.Text.Json;

namespace AppNet.Calls;

/// <summary>
/// The peer to which calls belong, as the calls' floor sees it: what a call in this process without the wire is run by. Its members
/// may be used before the peer has started, and by any thread.
/// </summary>
internal interface ICallOwner
{
    /// <summary>Gets the handlers of flags.</summary>
    FlagTable Flags { get; }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    JsonSerializerOptions SerializerOptions { get; }

    /// <summary>Gets whether local calls write and read their arguments and results as if they travelled.</summary>
    bool VerifiesLocalCalls { get; }

    /// <summary>Gets where the services are found whose methods are functions, or null.</summary>
    IServiceProvider? Services { get; }

    /// <summary>Gets the longest payload of a call or of an answer, in bytes.</summary>
    int MaxMessageBytes { get; }
}
