namespace AppNet.Generators.Models;

/// <summary>A partial method without a body, which gets one in any case.</summary>
/// <param name="HintName">The name of its file, unique in the assembly.</param>
/// <param name="Namespace">The namespace, or null for the global one.</param>
/// <param name="Types">The headers of the types around it, outermost first.</param>
/// <param name="Header">The method's header.</param>
/// <param name="Fault">Why it can't be called, or null when it can.</param>
internal sealed record BodyModel(
    string HintName,
    string? Namespace,
    EquatableArray<string> Types,
    string Header,
    string? Fault);
