using System.Diagnostics.CodeAnalysis;

namespace AppNet;

/// <summary>Joining by an invitation failed. This host's key is as before.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the library throws it.")]
[SuppressMessage("Design", "RCS1194", Justification = "Only the library throws it.")]
public sealed class InvitationException : Exception
{
    internal InvitationException(InvitationFault fault, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
    }

    /// <summary>Gets why.</summary>
    public InvitationFault Fault { get; }
}
