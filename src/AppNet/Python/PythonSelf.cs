using System.Globalization;
using System.Text;
using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>What this peer says of itself to Python callers.</summary>
internal static class PythonSelf
{
    // What a list of functions may take within an answer, whose other parts take the rest.
    private const int MaxList = 400;

    /// <summary>Describes the peer.</summary>
    /// <param name="setup">The peer.</param>
    /// <returns>The info.</returns>
    public static PythonInfo Describe(PythonSetup setup)
    {
        var self = setup.Self();
        return new PythonInfo(self.Host, self.Port, self.Group, self.IsHub)
        {
            Executable = self.Executable,
            User = self.User,
            Connections = [.. NamesOf(setup).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Subscriptions = [.. setup.Subscribed().Order(StringComparer.Ordinal)],
            Flags = [.. setup.Calls.Options.Flags.Handlers.Keys.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Lists the functions for people, as many as an answer holds.</summary>
    /// <param name="setup">The peer.</param>
    /// <returns>The text.</returns>
    public static string ListConnections(PythonSetup setup)
    {
        var self = setup.Self();
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"Connections on {self.Id.ToFriendlyString()}:");
        var functions = Offered(setup);
        for (var i = 0; i < functions.Count; i++)
        {
            var line = $"\n\t{functions[i].Tag}\n\t\t{functions[i].Signature}";
            if (text.Length + line.Length > MaxList)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"\n\tand {functions.Count - i} more");
                break;
            }

            _ = text.Append(line);
        }

        return text.ToString();
    }

    private static IEnumerable<string> NamesOf(PythonSetup setup)
    {
        yield return ConnectionNames.Defaults + "subscription_handler";
        foreach (var function in Offered(setup))
        {
            yield return function.Tag;
            if (!function.Tag.StartsWith(ConnectionNames.Defaults, StringComparison.Ordinal))
            {
                yield return function.Name;
            }
        }
    }

    // Where the existence of a function is nobody's business, it is not told either.
    private static IReadOnlyList<Connection> Offered(PythonSetup setup)
    {
        var guard = setup.Calls.Options.Guard;
        var all = setup.Calls.Options.Connections.Connections;
        return guard.IsSilent ? [.. all.Where(function => !guard.Guards(function))] : all;
    }
}
