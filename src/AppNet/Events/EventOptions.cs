using System.Text.Json;
using AppNet.Links;
using Microsoft.Extensions.Logging;

namespace AppNet.Events;

/// <summary>What the events of one peer have in common.</summary>
internal sealed record EventOptions
{
    /// <summary>Gets the instance of this peer.</summary>
    public required Guid Instance { get; init; }

    /// <summary>Gets where links to publishers come from.</summary>
    public required ILinkSource Links { get; init; }

    /// <summary>Gets who says which publishers are there.</summary>
    public required IPublisherSource Publishers { get; init; }

    /// <summary>Gets the threads that handlers run on.</summary>
    public required LinkThreads Threads { get; init; }

    /// <summary>Gets the execution context in which handlers run.</summary>
    public required ExecutionContext Context { get; init; }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public required JsonSerializerOptions SerializerOptions { get; init; }

    /// <summary>Gets where events are reported.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Gets the longest event, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = Wire.PayloadBuffer.DefaultLimit;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
