using System.Globalization;

namespace AppNet.Peers;

/// <summary>Reads the <c>NET_*</c> variables of the Python library. A variable that is empty is one that is unset.</summary>
internal sealed class NetEnvironment
{
    private readonly Func<string, string?> _variables;
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private NetEnvironment(Func<string, string?> variables)
    {
        _variables = variables;
    }

    /// <summary>Reads all variables.</summary>
    /// <param name="variables">Reads one; <see cref="Environment.GetEnvironmentVariable(string)"/>, except in tests.</param>
    /// <returns>What they say. Values that are none are among its <see cref="NetSettings.Problems"/>.</returns>
    public static NetSettings Read(Func<string, string?> variables) => new NetEnvironment(variables).Read();

    private NetSettings Read() => new()
    {
        Group = Text(nameof(NetOptions.Group), "NET_GROUP"),
        IsHub = YesNo(nameof(NetOptions.IsHub), "NET_IS_HUB"),
        PortStart = PortStart(),
        PortRange = Number(nameof(NetOptions.PortRange), "NET_PORT_RANGE"),
        ThreadLimit = Number(nameof(NetOptions.ThreadLimit), "NET_THREAD_LIMIT"),
        Python = YesNo(nameof(NetOptions.Python), "NET_PYTHON"),
        KeyFile = Text(nameof(NetOptions.KeyFile), "NET_KEY_FILE"),
        IsOpen = YesNo(nameof(NetOptions.IsOpen), "NET_OPEN"),
        Dev = YesNo(nameof(NetOptions.Dev), "NET_DEV"),
        Origins = _origins,
        Problems = _problems,
    };

    // One setting with two names in the seeds' history.
    private int? PortStart()
    {
        var port = Number(nameof(NetOptions.PortStart), "NET_PORT");
        var start = Number(nameof(NetOptions.PortStart), "NET_PORT_START");
        if (port is not null && start is not null && port != start)
        {
            _problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"NET_PORT is {port} and NET_PORT_START is {start}: they are one setting, so set one of them."));
        }

        return start ?? port;
    }

    private string? Text(string property, string variable)
    {
        var value = _variables(variable);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        _origins[property] = variable;
        return value;
    }

    private int? Number(string property, string variable)
    {
        if (Text(property, variable) is not { } value)
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _problems.Add($"{variable} is '{value}', which is no whole number.");
        return null;
    }

    private bool? YesNo(string property, string variable)
    {
        var value = Text(property, variable);
        switch (value?.Trim().ToUpperInvariant())
        {
            case null or "":
                return null;
            case "1" or "TRUE" or "YES" or "ON":
                return true;
            case "0" or "FALSE" or "NO" or "OFF":
                return false;
            default:
                _problems.Add($"{variable} is '{value}'; it takes 1 or 0, true or false, yes or no, on or off.");
                return null;
        }
    }
}
