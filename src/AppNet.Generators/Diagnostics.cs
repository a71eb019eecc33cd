using System.Reflection;
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

    /// <summary>The longest name of an event, in bytes of UTF-8.</summary>
    public const int MaximumEventBytes = 512;

    /// <summary>The longest name of a flag, in bytes of UTF-8.</summary>
    public const int MaximumFlagBytes = 256;

    private const string Category = "AppNet";

    // The project file says it, from the address of the repository.
    private static readonly string Pages = typeof(Diagnostics).Assembly
        .GetCustomAttributes(typeof(AssemblyMetadataAttribute), inherit: false)
        .Cast<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "DiagnosticPages").Value!;

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "APPNET0001",
        "A marked method must be accessible",
        "'{0}' can't have [{1}]: {2} is private or protected; make it internal or public");

    public static readonly DiagnosticDescriptor GenericType = Error(
        "APPNET0002",
        "A marked method can't be in a generic type",
        "'{0}' can't have [{1}]: the type '{2}' is generic; move the method to a type that is not");

    public static readonly DiagnosticDescriptor FileType = Error(
        "APPNET0003",
        "A marked method can't be in a file type",
        "'{0}' can't have [{1}]: '{2}' is a file type, which generated code can't name; make it internal or public");

    public static readonly DiagnosticDescriptor GenericMethod = Error(
        "APPNET0004",
        "A marked method can't be generic",
        "'{0}' can't have [{1}]: it is generic, and generated code has no types to name; write one method per type");

    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "APPNET0005",
        "Only an ordinary method can be marked",
        "'{0}' can't have [{1}]: it is {2}; make it a static method of a type");

    public static readonly DiagnosticDescriptor InstanceMethod = Error(
        "APPNET0006",
        "A marked method must be static, unless it is connected",
        "'{0}' can't have [{1}]: it is an instance method, and generated code has no instance; make it static");

    public static readonly DiagnosticDescriptor ByReference = Error(
        "APPNET0007",
        "References, spans and pointers can't travel",
        "'{0}' can't have [{1}]: {2} is {3}, which points into this process; take and return values or arrays");

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "APPNET0008",
        "A marked method can't be async void",
        "'{0}' can't have [{1}]: it is async void, so nobody learns when it ends; return Task");

    public static readonly DiagnosticDescriptor ParameterNamedPeer = Error(
        "APPNET0009",
        "A parameter of a connected method can't be named peer",
        "'{0}' can't have [{1}]: the overload has a parameter 'peer' of its own; rename this one");

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
        "'{0}' can't have [{1}]: {2} takes a Peer where the overload has its own, so the call would run here; {3}");

    public static readonly DiagnosticDescriptor BadTag = Error(
        "APPNET0013",
        "A tag has 1 to 512 bytes",
        "The tag of '{0}' has {2} bytes of UTF-8; a tag has 1 to 512");

    public static readonly DiagnosticDescriptor PeerOrDefault = Warning(
        "APPNET0014",
        "A peer that may be null runs the function here",
        "'{0}' may return null, and then '{1}' runs here instead of on a peer; use a method that throws, or check for null");

    public static readonly DiagnosticDescriptor StubShape = Error(
        "APPNET0015",
        "A stub takes a peer and returns a task",
        "'{0}' has no body, so only other peers can run it: {2}");

    public static readonly DiagnosticDescriptor NotCarried = Error(
        "APPNET0016",
        "This type is not carried",
        "'{0}' can't have [{1}]: {2} is '{3}', which is not carried to other peers");

    public static readonly DiagnosticDescriptor OldLanguage = Error(
        "APPNET0017",
        "Connected methods need C# 14",
        "The overloads that take a peer are C# 14 extension members: set <LangVersion>14</LangVersion> or higher");

    public static readonly DiagnosticDescriptor FlagShape = Error(
        "APPNET0018",
        "A flag's handler takes a FlagContext and answers at once",
        "'{0}' can't have [{1}]: {2}");

    public static readonly DiagnosticDescriptor BadFlagName = Error(
        "APPNET0019",
        "A flag's name has 1 to 256 bytes",
        "The [{1}] of '{0}' has a name of {2} bytes of UTF-8; a flag's name has 1 to 256");

    public static readonly DiagnosticDescriptor DoubledFlag = Error(
        "APPNET0020",
        "A flag has two handlers",
        "'{0}' and '{1}' both handle the flag '{2}', and only one of them would; remove one");

    public static readonly DiagnosticDescriptor EventShape = Error(
        "APPNET0021",
        "An event is a partial method without a body",
        "'{0}' can't have [{1}]: {2}");

    public static readonly DiagnosticDescriptor EventResult = Error(
        "APPNET0022",
        "An event returns Task or ValueTask",
        "'{0}' can't have [{1}]: it returns '{2}', and an event ends as soon as it is queued, without a value; return Task or ValueTask");

    public static readonly DiagnosticDescriptor BadEventName = Error(
        "APPNET0023",
        "An event's name has 1 to 512 bytes",
        "The [{1}] of '{0}' has a name of {2} bytes of UTF-8; an event's name has 1 to 512");

    public static readonly DiagnosticDescriptor NoHook = Error(
        "APPNET0024",
        "The hook of an event must be found and accessible",
        "'{0}' can't have [{1}]: its hook '{2}' {3}");

    public static readonly DiagnosticDescriptor HookShape = Error(
        "APPNET0025",
        "A hook takes the event's parameters and returns EventArguments",
        "'{0}' can't have [{1}]: no method '{2}' is static, takes the event's parameters or one EventArguments, and returns EventArguments");

    public static readonly DiagnosticDescriptor ResultDropped = Warning(
        "APPNET0026",
        "The result of a subscriber is dropped",
        "'{0}' has [{1}], so nobody gets what it returns; return void, Task or ValueTask");

    public static readonly DiagnosticDescriptor ServiceShape = Error(
        "APPNET0030",
        "A connected instance method belongs to a class or an interface",
        "'{0}' can't have [{1}]: '{2}' is a structure, which can't be registered as a service; make it a class, or the method static");

    public static readonly DiagnosticDescriptor ContractPlace = Error(
        "APPNET0031",
        "A contract is an accessible interface without type parameters",
        "'{0}' can't have [{1}]: {2}");

    public static readonly DiagnosticDescriptor ContractMember = Error(
        "APPNET0032",
        "A contract has methods only",
        "'{0}' can't be in a contract: it is {2}; write a method that returns a task");

    public static readonly DiagnosticDescriptor ContractResult = Error(
        "APPNET0033",
        "A method of a contract returns a task",
        "'{0}' can't be in a contract: it returns '{2}', and another peer's answer is waited for; return Task or ValueTask");

    public static readonly DiagnosticDescriptor ContractOverload = Error(
        "APPNET0034",
        "The methods of a contract have different names",
        "'{0}' can't be in a contract twice: methods are found by their names; rename one of them");

    public static readonly DiagnosticDescriptor CallbackShape = Error(
        "APPNET0035",
        "A callback takes and returns what is carried, and returns a task or nothing",
        "'{0}' can't have [{1}]: {2} is a callback that {3}; it can take what a function can, and return a Task, a ValueTask or nothing");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");
}
