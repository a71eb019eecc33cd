using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using AppNet.Python.Wires;

namespace AppNet.Tests.Python;

/// <summary>A recorded exchange between peers of the Python library.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
internal sealed record Vector
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Dictionary<string, VectorFile> Files = new[] { "0.3.5", "0.4.1", "0.6.2" }.ToDictionary(
        version => version,
        version => JsonSerializer.Deserialize<VectorFile>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Python", $"app-net-{version}.json")), Options)!,
        StringComparer.Ordinal);

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Direction { get; init; }

    public required byte[] Request { get; init; }

    public required byte[] Response { get; init; }

    public string? RequestText { get; init; }

    public string? ResponseText { get; init; }

    public IReadOnlyList<string>? Varies { get; init; }

    [JsonPropertyName("caller_outcome")]
    public CallerOutcome? Outcome { get; init; }

    /// <summary>Gets whether the response is the same, byte for byte, on every run.</summary>
    public bool IsReproducible => Varies is null or { Count: 0 } || Varies.All(part => part == "sequence");

    internal PythonFamily Family => Version == "0.6.2" ? PythonFamily.V06 : PythonFamily.V04;

    /// <summary>Gets the topic: what stands before the first dot of the name.</summary>
    internal string Topic => Name.Split('.', '#')[0];

    public static IEnumerable<Vector> All(params string[] versions) =>
        (versions.Length == 0 ? [.. Files.Keys] : versions).SelectMany(version => Files[version].Vectors);

    public static Vector Get(string version, string name) => Files[version].Vectors.Single(vector => vector.Name == name);

    internal static VectorFile FileOf(string version) => Files[version];

    public override string ToString() => $"{Version} {Name}";

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    public sealed record CallerOutcome(string Kind, string? PythonType, string? Json, string? FirstLine, string? LastLine);

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    internal sealed record VectorFile(
        IReadOnlyList<Vector> Vectors, IReadOnlyList<PeerIdCase> PeerIds, IReadOnlyList<NameCase> ConnectionNames, IReadOnlyList<FlagCase> Flags);

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    internal sealed record PeerIdCase(string Host, int Port, string Group, string Id, string Text);

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    internal sealed record NameCase(string? Module, string? Function, string? Tag, string Name);

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    internal sealed record FlagCase(string Flag, string Wire);
}
