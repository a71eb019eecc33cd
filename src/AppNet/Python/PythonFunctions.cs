using System.Text.Json;
using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>What Python callers can call: the default functions of the library, and those that the peer offers.</summary>
internal sealed class PythonFunctions
{
    private readonly PythonSetup _setup;
    private readonly IPythonEvents _events;

    /// <summary>Makes it.</summary>
    /// <param name="setup">The peer.</param>
    /// <param name="events">Where subscriptions and deliveries go.</param>
    public PythonFunctions(PythonSetup setup, IPythonEvents events)
    {
        _setup = setup;
        _events = events;
    }

    /// <summary>Runs what a request asks for. Never fails but by the stop.</summary>
    /// <param name="request">The request.</param>
    /// <param name="family">The wire.</param>
    /// <param name="stop">Ends when the peer waits for functions no longer.</param>
    /// <returns>All bytes of the answer.</returns>
    public async Task<byte[]> RunAsync(PythonRequest request, PythonFamily family, CancellationToken stop)
    {
        if (DefaultNamed(request.Connection, family) is { } name)
        {
            switch (name)
            {
                case "info":
                    return PythonAnswer.Value(family, PythonSelf.Describe(_setup).Write(family).Span, name);
                case "connections":
                    return PythonAnswer.Value(family, JsonSerializer.SerializeToUtf8Bytes(PythonSelf.ListConnections(_setup), TextJson.Default.String), name);
                case "subscription_handler":
                    return await SubscribeAsync(request, family).ConfigureAwait(false);
            }
        }

        if (_events.TryDeliver(request, family))
        {
            return PythonAnswer.Value(family, "null"u8, request.Connection);
        }

        var function = ConnectionNames.Find(request.Connection, family, _setup.Calls.Options.Connections.Connections);
        if (function is null)
        {
            return PythonAnswer.Flag(family, Flag.InvalidConnection);
        }

        if (_setup.Calls.Options.Guard.RefuseNameless(function) is { } refusal)
        {
            Log.PythonCallRefused(_setup.Logger, function.Tag);
            return refusal.Error == NetError.NoSuchConnection
                ? PythonAnswer.Flag(family, Flag.InvalidConnection)
                : PythonAnswer.Error(family, nameof(NetException), refusal.Message, []);
        }

        return await PythonInvocation.RunAsync(_setup, function, request, family, stop).ConfigureAwait(false);
    }

    private static string? DefaultNamed(string connection, PythonFamily family) => Array.Find(
        ["info", "connections", "subscription_handler"],
        name => string.Equals(ConnectionNames.Of(ConnectionNames.Defaults + name, family)[0], connection, StringComparison.Ordinal));

    private async Task<byte[]> SubscribeAsync(PythonRequest request, PythonFamily family)
    {
        try
        {
            await _events.SubscribeAsync(SubscriptionRequest.Read(request, family), family).ConfigureAwait(false);
            return PythonAnswer.Value(family, "null"u8, request.Connection);
        }
        catch (PythonFormatException exception)
        {
            return PythonAnswer.Error(family, exception.Type, exception.Message, []);
        }
        catch (NetException exception)
        {
            return PythonAnswer.Error(family, nameof(NetException), exception.Message, []);
        }
    }
}
