namespace AppNet.Generators.Parsing;

/// <summary>How roles are written.</summary>
internal static class Roles
{
    /// <summary>Returns the attribute that gives a method its role, as users write it.</summary>
    /// <param name="role">The role.</param>
    /// <returns>The name.</returns>
    public static string Attribute(this Role role) => role switch
    {
        Role.Event => "Event",
        Role.Subscriber => "Subscribe",
        Role.FlagHandler => "Flag",
        Role.Contract => "PeerContract",
        _ => "Connect",
    };

    /// <summary>Returns whether parameters of such a method can be callbacks: it is a call, which has an end.</summary>
    /// <param name="role">The role.</param>
    /// <returns>Whether they can.</returns>
    public static bool TakesCallbacks(this Role role) => role is Role.Function or Role.Stub or Role.Contract;
}
