using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace AppNet.Calls;

/// <summary>Says who may call what. Safe for use from many threads.</summary>
/// <param name="authorize">Decides on each call; null: nobody does.</param>
/// <param name="isSilent">Whether who may not call a function is told that there is none.</param>
/// <param name="logger">Where refusals are reported.</param>
internal sealed class CallGuard(Func<CallContext, Connection, bool>? authorize, bool isSilent, ILogger logger)
{
    private const string NoGroup = "None";

    /// <summary>Gets whether who may not call a function is told that there is none.</summary>
    public bool IsSilent => isSilent;

    /// <summary>Says whether a function is for some only, so that its calls must be looked at.</summary>
    /// <param name="connection">The function.</param>
    /// <returns>Whether it is.</returns>
    public bool Guards(Connection connection) => authorize is not null || connection.Groups.Count > 0;

    /// <summary>Says why a call may not be.</summary>
    /// <param name="connection">The function.</param>
    /// <param name="context">The call; it comes from another peer.</param>
    /// <returns>What the caller gets; null: it may.</returns>
    public NetException? Refuse(Connection connection, CallContext context)
    {
        if (MayCall(connection, context))
        {
            return null;
        }

        Log.CallRefused(logger, connection.Tag, context.Caller!.Id);
        return isSilent
            ? Dispatcher.NoFunction(context.Tag)
            : new NetException(
                NetError.NotAuthorized,
                $"'{connection.Tag}' is not for {context.Caller.Id.ToFriendlyString()}"
                + (connection.Groups.Count > 0 ? $", but for the groups {string.Join(", ", connection.Groups)}." : ".")
                + " The function has not run.");
    }

    /// <summary>Says why a caller may not call that can't prove who it is, as Python peers can't: what is for some is not for it.</summary>
    /// <param name="connection">The function.</param>
    /// <returns>What the caller gets; null: it may.</returns>
    public NetException? RefuseNameless(Connection connection) => !Guards(connection) ? null
        : isSilent ? Dispatcher.NoFunction(connection.Tag)
        : new NetException(
            NetError.NotAuthorized, $"'{connection.Tag}' is not for callers that can't prove who they are. The function has not run.");

    /// <summary>Says whether a call may be.</summary>
    /// <param name="connection">The function.</param>
    /// <param name="context">The call; where it comes from this process it may.</param>
    /// <returns>Whether it may.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps the program from deciding, nobody may call meanwhile.")]
    public bool MayCall(Connection connection, CallContext context)
    {
        if (context.Caller is not { } caller)
        {
            return true;
        }

        if (connection.Groups.Count > 0 && !connection.Groups.Contains(caller.Id.Group ?? NoGroup, StringComparer.Ordinal))
        {
            return false;
        }

        try
        {
            return authorize?.Invoke(context, connection) ?? true;
        }
        catch (Exception exception)
        {
            Log.AuthorizeFailed(logger, exception, connection.Tag, caller.Id);
            return false;
        }
    }
}
