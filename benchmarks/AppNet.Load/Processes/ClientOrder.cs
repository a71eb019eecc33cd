using System.Globalization;
using AppNet.Load.Systems;
using AppNet.Load.Workloads;

namespace AppNet.Load.Processes;

/// <summary>What a client process is told on its command line.</summary>
/// <param name="Task">Which of its tasks.</param>
/// <param name="System">The system's name.</param>
/// <param name="Endpoint">Where the server is.</param>
/// <param name="Load">The case.</param>
/// <param name="Warmup">How long the load runs before it is measured.</param>
/// <param name="Measured">How long it is measured.</param>
internal sealed record ClientOrder(
    ClientTask Task, string System, Endpoint Endpoint, LoadCase Load, TimeSpan Warmup, TimeSpan Measured)
{
    /// <summary>Reads the arguments after the verb.</summary>
    /// <param name="arguments">As <see cref="ToArguments"/> gives them, less the verb.</param>
    /// <returns>The order.</returns>
    public static ClientOrder Parse(string[] arguments) => new(
        Enum.Parse<ClientTask>(arguments[0]),
        arguments[1],
        Endpoint.Parse(arguments[2]),
        LoadCase.Parse(arguments[3]),
        TimeSpan.Parse(arguments[4], CultureInfo.InvariantCulture),
        TimeSpan.Parse(arguments[5], CultureInfo.InvariantCulture));

    /// <summary>Gets the arguments for the process.</summary>
    /// <returns>The arguments.</returns>
    public string[] ToArguments() =>
    [
        "client",
        Task.ToString(),
        System,
        Endpoint.ToString(),
        Load.ToString(),
        Warmup.ToString("c", CultureInfo.InvariantCulture),
        Measured.ToString("c", CultureInfo.InvariantCulture),
    ];
}
