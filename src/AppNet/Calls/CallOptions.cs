using System.Text.Json;
using AppNet.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppNet.Calls;

/// <summary>What the calls of one peer have in common.</summary>
internal sealed record CallOptions
{
    /// <summary>Gets the functions that the peer offers.</summary>
    public required ConnectionTable Connections { get; init; }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public required JsonSerializerOptions SerializerOptions { get; init; }

    /// <summary>Gets where the services are found whose methods are functions, or null.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Gets how remote exceptions are rebuilt.</summary>
    public KnownExceptions Exceptions { get; init; } = new();

    /// <summary>Gets the handlers of flags.</summary>
    public FlagTable Flags { get; init; } = new();

    /// <summary>Gets who says who may call what.</summary>
    public CallGuard Guard { get; init; } = new(authorize: null, isSilent: false, NullLogger.Instance);

    /// <summary>Gets the longest payload of a call or of an answer, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Gets the bytes of arguments that the calls which run or wait on one link may hold together.</summary>
    public long MaxArgumentBytesPerLink { get; init; } = 256L * 1024 * 1024;

    /// <summary>Gets how long a call may take when nothing else is said; null: as long as the function and the link do.</summary>
    public TimeSpan? DefaultTimeout { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
