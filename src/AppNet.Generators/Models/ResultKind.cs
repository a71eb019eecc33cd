namespace AppNet.Generators.Models;

/// <summary>How the user's method hands its result over.</summary>
internal enum ResultKind
{
    /// <summary>At once.</summary>
    Direct,

    /// <summary>In a <c>Task</c>.</summary>
    Task,

    /// <summary>In a <c>ValueTask</c>.</summary>
    ValueTask,
}
