namespace AppNet.Security;

/// <summary>TLS wants more bytes than have arrived. One object for all, as it is no failure and tells nothing of where it was thrown.</summary>
internal sealed class NothingHere : IOException
{
    private NothingHere()
        : base("Nothing more has arrived.")
    {
    }

    /// <summary>Gets the one there is.</summary>
    public static NothingHere Instance { get; } = new();
}
