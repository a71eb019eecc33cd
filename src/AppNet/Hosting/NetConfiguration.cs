using System.Globalization;
using AppNet.Peers;
using Microsoft.Extensions.Configuration;

namespace AppNet.Hosting;

/// <summary>
/// Reads the section <c>AppNet</c> of an application's configuration: each option of a simple type under the name of its property, and
/// <c>Info:name</c> for values of the program's own. Without reflection.
/// </summary>
internal sealed class NetConfiguration
{
    /// <summary>The section's name.</summary>
    public const string Section = "AppNet";

    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<NetOptions>> _others = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private NetConfiguration()
    {
    }

    /// <summary>Gets the properties that can be configured.</summary>
    public static IEnumerable<string> Properties => Settings.Keys;

    private static Dictionary<string, Action<NetConfiguration, IConfigurationSection>> Settings { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(NetOptions.Group)] = Set<string>(Text, (options, value) => options.Group = value),
        [nameof(NetOptions.IsHub)] = Set<bool>(YesNo, (options, value) => options.IsHub = value),
        [nameof(NetOptions.PortStart)] = Set<int>(Number, (options, value) => options.PortStart = value),
        [nameof(NetOptions.PortRange)] = Set<int>(Number, (options, value) => options.PortRange = value),
        [nameof(NetOptions.ThreadLimit)] = Set<int>(Number, (options, value) => options.ThreadLimit = value),
        [nameof(NetOptions.Dev)] = Set<bool>(YesNo, (options, value) => options.Dev = value),
        [nameof(NetOptions.VerifyLocalCalls)] = Set<bool>(YesNo, (options, value) => options.VerifyLocalCalls = value),
        [nameof(NetOptions.DefaultTimeout)] = Set<TimeSpan>(Time, (options, value) => options.DefaultTimeout = value),
        [nameof(NetOptions.MaxCallsPerLink)] = Set<int>(Number, (options, value) => options.MaxCallsPerLink = value),
        [nameof(NetOptions.MaxTagsPerLink)] = Set<int>(Number, (options, value) => options.MaxTagsPerLink = value),
        [nameof(NetOptions.MaxMessageBytes)] = Set<int>(Number, (options, value) => options.MaxMessageBytes = value),
        [nameof(NetOptions.StreamBytes)] = Set<int>(Number, (options, value) => options.StreamBytes = value),
        [nameof(NetOptions.StreamBytesPerLink)] = Set<int>(Number, (options, value) => options.StreamBytesPerLink = value),
        [nameof(NetOptions.SendQueueBytes)] = Set<int>(Number, (options, value) => options.SendQueueBytes = value),
        [nameof(NetOptions.MaxArgumentBytesPerLink)] = Set<long>(LongNumber, (options, value) => options.MaxArgumentBytesPerLink = value),
        [nameof(NetOptions.HandshakeTimeout)] = Set<TimeSpan>(Time, (options, value) => options.HandshakeTimeout = value),
        [nameof(NetOptions.MaxHandshakeBytes)] = Set<int>(Number, (options, value) => options.MaxHandshakeBytes = value),
        [nameof(NetOptions.MaxLinks)] = Set<int>(Number, (options, value) => options.MaxLinks = value),
        [nameof(NetOptions.DrainTimeout)] = Set<TimeSpan>(Time, (options, value) => options.DrainTimeout = value),
        [nameof(NetOptions.UseUnixSockets)] = Set<bool>(YesNo, (options, value) => options.UseUnixSockets = value),
        [nameof(NetOptions.Python)] = Set<bool>(YesNo, (options, value) => options.Python = value),
        [nameof(NetOptions.PythonProbeInterval)] = Set<TimeSpan>(Time, (options, value) => options.PythonProbeInterval = value),
        [nameof(NetOptions.KeyFile)] = Set<string>(Text, (options, value) => options.KeyFile = value),
        [nameof(NetOptions.IsOpen)] = Set<bool>(YesNo, (options, value) => options.IsOpen = value),
        [nameof(NetOptions.HidesFunctions)] = Set<bool>(YesNo, (options, value) => options.HidesFunctions = value),
        [nameof(NetOptions.MaxFailuresPerMinute)] = Set<int>(Number, (options, value) => options.MaxFailuresPerMinute = value),
        [nameof(NetOptions.Info)] = (configuration, section) => configuration.ReadInfo(section),
    };

    private delegate bool Parser<T>(string text, out T value, out string fault);

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section, or null for none.</param>
    /// <returns>What it says. Names and values that are none are among its <see cref="NetSettings.Problems"/>.</returns>
    public static NetSettings Read(IConfigurationSection? section)
    {
        var configuration = new NetConfiguration();
        foreach (var child in section?.GetChildren() ?? [])
        {
            configuration.ReadSetting(child);
        }

        return new NetSettings
        {
            Others = configuration._others,
            Origins = configuration._origins,
            Problems = configuration._problems,
        };
    }

    private void ReadSetting(IConfigurationSection child)
    {
        if (Settings.TryGetValue(child.Key, out var read))
        {
            read(this, child);
        }
        else if (child.Value is not null)
        {
            // A section may be that of another package; a value is meant for the peer.
            _problems.Add($"{child.Path} is no setting of a peer; known are {string.Join(", ", Settings.Keys)}.");
        }
    }

    private static Action<NetConfiguration, IConfigurationSection> Set<T>(Parser<T> parse, Action<NetOptions, T> apply) =>
        (configuration, section) =>
        {
            if (string.IsNullOrEmpty(section.Value))
            {
                return;
            }

            if (parse(section.Value, out var value, out var fault))
            {
                configuration.Add(section, options => apply(options, value));
            }
            else
            {
                configuration._problems.Add($"{section.Path} is '{section.Value}', which {fault}.");
            }
        };

    private void ReadInfo(IConfigurationSection section)
    {
        var values = section.GetChildren().Where(child => child.Value is not null).ToArray();
        if (values.Length == 0)
        {
            return;
        }

        // One by one: code may have set others.
        Add(section, options =>
        {
            foreach (var child in values)
            {
                _ = options.Info.TryAdd(child.Key, child.Value!);
            }
        });
    }

    private void Add(IConfigurationSection section, Action<NetOptions> apply)
    {
        var property = Settings.Keys.First(key => string.Equals(key, section.Key, StringComparison.OrdinalIgnoreCase));
        _others[property] = apply;
        _origins[property] = section.Path;
    }

    private static bool Text(string text, out string value, out string fault)
    {
        (value, fault) = (text, "");
        return true;
    }

    private static bool Number(string text, out int value, out string fault)
    {
        fault = "is no whole number";
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
    }

    private static bool LongNumber(string text, out long value, out string fault)
    {
        fault = "is no whole number";
        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
    }

    private static bool YesNo(string text, out bool value, out string fault)
    {
        fault = "is neither true nor false";
        return bool.TryParse(text, out value);
    }

    private static bool Time(string text, out TimeSpan value, out string fault)
    {
        fault = "is no time such as 00:00:10";
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }
}
