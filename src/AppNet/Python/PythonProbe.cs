using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>Finds out whether a Python peer listens at an address, and which of the two wires it speaks.</summary>
internal static class PythonProbe
{
    /// <summary>Asks for the peer's info.</summary>
    /// <param name="client">The way to it.</param>
    /// <param name="known">The wire that it spoke before, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The wire and the info; null: something else listens there.</returns>
    /// <exception cref="NetException">Nobody listens, or it closed without an answer.</exception>
    public static async Task<(PythonFamily Family, PythonInfo Info)?> AskAsync(
        PythonClient client, PythonFamily? known, CancellationToken cancellationToken)
    {
        var first = known ?? PythonFamily.V06;
        var other = first == PythonFamily.V06 ? PythonFamily.V04 : PythonFamily.V06;
        return await InfoAsync(client, first, cancellationToken).ConfigureAwait(false) is { } info ? (first, info)
            : await InfoAsync(client, other, cancellationToken).ConfigureAwait(false) is { } otherInfo ? (other, otherInfo)
            : null;
    }

    /// <summary>Asks for the peer's info on one wire.</summary>
    /// <param name="client">The way to it.</param>
    /// <param name="family">The wire.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The info; null: it does not speak this wire.</returns>
    /// <exception cref="NetException">Nobody listens, or it closed without an answer.</exception>
    public static async Task<PythonInfo?> InfoAsync(PythonClient client, PythonFamily family, CancellationToken cancellationToken)
    {
        var name = ConnectionNames.Of(ConnectionNames.Defaults + "info", family)[0];
        var answer = await client.ExchangeAsync(PythonCall.Write(family, name, default, isNamed: false), cancellationToken).ConfigureAwait(false);
        return PythonReply.Read(family, answer.Span, []).Value is { } json ? PythonInfo.Read(json) : null;
    }
}
