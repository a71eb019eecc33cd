using Microsoft.CodeAnalysis;

namespace AppNet.Generators;

/// <summary>
/// Every fault the generator and its analyzer report. Each has a page under docs/diagnostics; an id is never used again for
/// something else (docs/diagnostics/README.md is the register).
/// </summary>
internal static class Diagnostics
{
    /// <summary>The longest tag, in bytes of UTF-8.</summary>
    public const int MaximumTagBytes = 512;

    private const string Category = "AppNet";
    private const string Pages = "https://github.com/appnet-dotnet/appnet/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "APPNET0001",
        "A connected method must be accessible",
        "'{0}' can't be connected: {1} is private or protected; make it internal or public");

    public static readonly DiagnosticDescriptor GenericType = Error(
        "APPNET0002",
        "A connected method can't be in a generic type",
        "'{0}' can't be connected: the type '{1}' is generic; move the method to a type that is not");

    public static readonly DiagnosticDescriptor FileType = Error(
        "APPNET0003",
        "A connected method can't be in a file type",
        "'{0}' can't be connected: '{1}' is a file type, which generated code can't name; make it internal or public");

    public static readonly DiagnosticDescriptor GenericMethod = Error(
        "APPNET0004",
        "A connected method can't be generic",
        "'{0}' can't be connected: it is generic, and the wire names no types; write one method per type");

    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "APPNET0005",
        "Only an ordinary method can be connected",
        "'{0}' can't be connected: it is {1}; make it a static method of a type");

    public static readonly DiagnosticDescriptor InstanceMethod = Error(
        "APPNET0006",
        "A connected method must be static",
        "'{0}' can't be connected: it is an instance method, and a caller elsewhere has no instance; make it static");

    public static readonly DiagnosticDescriptor ByReference = Error(
        "APPNET0007",
        "References, spans and pointers can't travel",
        "'{0}' can't be connected: {1} is {2}, which points into this process; take and return values or arrays");

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "APPNET0008",
        "A connected method can't be async void",
        "'{0}' can't be connected: it is async void, so nobody learns when it ends; return Task");

    public static readonly DiagnosticDescriptor ParameterNamedPeer = Error(
        "APPNET0009",
        "A parameter of a connected method can't be named peer",
        "'{0}' can't be connected: the overload has a parameter 'peer' of its own; rename this one");

    public static readonly DiagnosticDescriptor DoubledTag = Error(
        "APPNET0010",
        "Two connected methods have one tag",
        "'{0}' and '{1}' have one tag, '{2}'; give one of them another: [Connect(\"…\")]");

    public static readonly DiagnosticDescriptor DoubledOverload = Error(
        "APPNET0011",
        "Two connected methods would get one overload",
        "'{0}' and '{1}' differ only in what the runtime fills, so their overloads would be the same; rename one of them");

    public static readonly DiagnosticDescriptor PeerSwallowed = Error(
        "APPNET0012",
        "A peer given by position would not be taken for the peer",
        "'{0}' can't be connected: {1} takes a Peer where the overload has its own, so the call would run here; {2}");

    public static readonly DiagnosticDescriptor BadTag = Error(
        "APPNET0013",
        "A tag has 1 to 512 bytes",
        "The tag of '{0}' has {1} bytes of UTF-8; a tag has 1 to 512");

    public static readonly DiagnosticDescriptor PeerOrDefault = new(
        "APPNET0014",
        "A peer that may be null runs the function here",
        "'{0}' may return null, and then '{1}' runs here instead of on a peer; use a method that throws, or check for null",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + "APPNET0014.md");

    public static readonly DiagnosticDescriptor StubShape = Error(
        "APPNET0015",
        "A stub takes a peer and returns a task",
        "'{0}' has no body, so only other peers can run it: {1}");

    public static readonly DiagnosticDescriptor NotCarried = Error(
        "APPNET0016",
        "This type is not carried",
        "'{0}' can't be connected: {1} is '{2}', which is not carried to other peers");

    public static readonly DiagnosticDescriptor OldLanguage = Error(
        "APPNET0017",
        "Connected methods need C# 14",
        "The overloads that take a peer are C# 14 extension members: set <LangVersion>14</LangVersion> or higher");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");
}
