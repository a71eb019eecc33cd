namespace AppNet.Generators;

/// <summary>The names of the generator's steps, by which a test sees that they are not run in vain.</summary>
internal static class Steps
{
    public const string Parsed = nameof(Parsed);
    public const string Functions = nameof(Functions);
    public const string Types = nameof(Types);
    public const string Bodies = nameof(Bodies);
    public const string Definitions = nameof(Definitions);
    public const string References = nameof(References);
    public const string Catalogue = nameof(Catalogue);
    public const string ParsedEvents = nameof(ParsedEvents);
    public const string Events = nameof(Events);
    public const string ParsedSubscribers = nameof(ParsedSubscribers);
    public const string Subscribers = nameof(Subscribers);
    public const string SubscriberAdditions = nameof(SubscriberAdditions);
    public const string ParsedFlags = nameof(ParsedFlags);
    public const string Flags = nameof(Flags);
    public const string FlagAdditions = nameof(FlagAdditions);
    public const string ParsedContracts = nameof(ParsedContracts);

    public const string Contracts = nameof(Contracts);

    public const string ContractAdditions = nameof(ContractAdditions);

    public const string Language = nameof(Language);
}
