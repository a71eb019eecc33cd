using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Peers;

/// <summary>Checks options against their ranges: all of them, so that one start tells everything that is wrong.</summary>
internal static class NetOptionsCheck
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;
    private const int MaxInfoBytes = 8 * KiB;

    /// <summary>Finds what is out of range.</summary>
    /// <param name="options">The options.</param>
    /// <param name="origins">Where a value comes from, by the name of the property, when not from code.</param>
    /// <returns>Sentences that name the setting and its value.</returns>
    public static IEnumerable<string> Problems(NetOptions options, IReadOnlyDictionary<string, string> origins) =>
        Settings(options, origins)
            .Concat(Limits(options))
            .Concat(Times(options))
            .Concat(Info(options))
            .OfType<string>()
            .Select(problem => Named(problem, origins));

    /// <summary>Puts all that is wrong in one message.</summary>
    /// <param name="problems">The sentences.</param>
    /// <returns>The message.</returns>
    public static string Message(IReadOnlyCollection<string> problems) =>
        problems.Count == 1
            ? $"The peer can't start with these options. {problems.First()}"
            : $"The peer can't start with these options: {problems.Count} are wrong.{string.Concat(problems.Select(problem => $"\n- {problem}"))}";

    /// <summary>Calls a property, which the sentence begins with, by the name under which it was set.</summary>
    private static string Named(string problem, IReadOnlyDictionary<string, string> origins)
    {
        const string Prefix = "NetOptions.";
        var property = problem.StartsWith(Prefix, StringComparison.Ordinal) ? problem[Prefix.Length..].Split(' ', 2)[0] : "";
        return origins.TryGetValue(property, out var origin) ? origin + problem[(Prefix.Length + property.Length)..] : problem;
    }

    private static IEnumerable<string?> Settings(NetOptions options, IReadOnlyDictionary<string, string> origins)
    {
        if (options.Group is { } group && PeerIdRules.ProblemOfGroup(group) is { } problem)
        {
            yield return $"{NameOf(nameof(options.Group))} is '{group}', which {problem}.";
        }

        yield return Within(NameOf(nameof(options.PortStart)), options.PortStart, 1, ushort.MaxValue);
        yield return Within(NameOf(nameof(options.PortRange)), options.PortRange, 0, 1000);
        yield return Within(NameOf(nameof(options.ThreadLimit)), options.ThreadLimit, 1, 1024);
        if (options is { PortStart: >= 1 and <= ushort.MaxValue, PortRange: >= 0 and <= 1000 }
            && options.PortStart + options.PortRange > ushort.MaxValue)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{NameOf(nameof(options.PortStart))} is {options.PortStart} and {NameOf(nameof(options.PortRange))} is {options.PortRange}: the range ends beyond port 65535.");
        }

        string NameOf(string property) => origins.GetValueOrDefault(property, $"NetOptions.{property}");
    }

    private static IEnumerable<string?> Limits(NetOptions options) =>
    [
        Within("NetOptions.MaxCallsPerLink", options.MaxCallsPerLink, 1, 16 * MiB),
        Within("NetOptions.MaxTagsPerLink", options.MaxTagsPerLink, 16, MiB),
        Within("NetOptions.MaxArgumentBytesPerLink", options.MaxArgumentBytesPerLink, 64 * KiB, 16L * KiB * MiB),
        Within("NetOptions.MaxMessageBytes", options.MaxMessageBytes, 4 * KiB, KiB * MiB),
        Within("NetOptions.StreamBytes", options.StreamBytes, 4 * KiB, KiB * MiB),
        Within("NetOptions.StreamBytesPerLink", options.StreamBytesPerLink, 4 * KiB, KiB * MiB),
        Within("NetOptions.SendQueueBytes", options.SendQueueBytes, 64 * KiB, KiB * MiB),
        Within("NetOptions.MaxHandshakeBytes", options.MaxHandshakeBytes, 32 * KiB, MiB),
        Within("NetOptions.MaxFailuresPerMinute", options.MaxFailuresPerMinute, 1, 1_000_000),
        Within("NetOptions.MaxLinks", options.MaxLinks, 1, 1_000_000),
    ];

    private static IEnumerable<string?> Times(NetOptions options)
    {
        // A timer of the system takes no more than 24 days.
        yield return options.DefaultTimeout is not { } timeout || (timeout > TimeSpan.Zero && timeout <= TimeSpan.FromDays(24))
            ? null
            : $"NetOptions.DefaultTimeout is {timeout}; it takes null, or a time above zero and up to 24 days.";
        yield return options.HandshakeTimeout > TimeSpan.Zero && options.HandshakeTimeout <= TimeSpan.FromHours(1)
            ? null
            : $"NetOptions.HandshakeTimeout is {options.HandshakeTimeout}; it takes a time above zero and up to an hour.";
        yield return options.DrainTimeout >= TimeSpan.Zero && options.DrainTimeout <= TimeSpan.FromDays(1)
            ? null
            : $"NetOptions.DrainTimeout is {options.DrainTimeout}; it takes zero to 24 hours.";
        yield return options.PythonProbeInterval >= TimeSpan.FromSeconds(1) && options.PythonProbeInterval <= TimeSpan.FromHours(1)
            ? null
            : $"NetOptions.PythonProbeInterval is {options.PythonProbeInterval}; it takes a second to an hour.";
        yield return KeepAlive("NetOptions.KeepAliveOnHost", options.KeepAliveOnHost);
        yield return KeepAlive("NetOptions.KeepAliveOnNetwork", options.KeepAliveOnNetwork);
        yield return options.TimeProvider is null ? "NetOptions.TimeProvider is null." : null;
    }

    private static IEnumerable<string?> Info(NetOptions options)
    {
        yield return Within("The number of values in NetOptions.Info", options.Info.Count, 0, PeerInfoJsonConverter.MaxValues);
        foreach (var (name, value) in options.Info)
        {
            yield return name.Length > 0 && value is not null && FitsValue(name) && FitsValue(value)
                ? null
                : $"NetOptions.Info[\"{name}\"] is empty, null or larger than {PeerInfoJsonConverter.MaxValueBytes} bytes.";
        }

        yield return InfoBytes(options.Info) is > MaxInfoBytes and var bytes
            ? $"NetOptions.Info takes {bytes} bytes, more than {MaxInfoBytes}."
            : null;
    }

    private static bool FitsValue(string text) => Encoding.UTF8.GetByteCount(text) <= PeerInfoJsonConverter.MaxValueBytes;

    // As it travels: what JSON escapes counts as what it becomes.
    private static int InfoBytes(IDictionary<string, string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, PeerInfoJson.WriterOptions);
        writer.WriteStartObject();
        foreach (var (name, value) in values)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenCount;
    }

    private static string? KeepAlive(string name, KeepAliveOptions? times) =>
        times is { IsValid: true } ? null : $"{name} is {times?.ToString() ?? "null"}; its three times rise, from above zero to an hour at most.";

    private static string? Within(string name, long value, long min, long max) =>
        value >= min && value <= max
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it takes {min} to {max}.");
}
