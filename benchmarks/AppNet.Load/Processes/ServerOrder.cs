using AppNet.Load.Systems;
using AppNet.Load.Workloads;

namespace AppNet.Load.Processes;

/// <summary>What a server process is told on its command line.</summary>
/// <param name="System">The system's name.</param>
/// <param name="Endpoint">Where to listen.</param>
/// <param name="Load">The case.</param>
internal sealed record ServerOrder(string System, Endpoint Endpoint, LoadCase Load)
{
    /// <summary>Reads the arguments after the verb.</summary>
    /// <param name="arguments">As <see cref="ToArguments"/> gives them, less the verb.</param>
    /// <returns>The order.</returns>
    public static ServerOrder Parse(string[] arguments) =>
        new(arguments[0], Endpoint.Parse(arguments[1]), LoadCase.Parse(arguments[2]));

    /// <summary>Gets the arguments for the process.</summary>
    /// <returns>The arguments.</returns>
    public string[] ToArguments() => ["server", System, Endpoint.ToString(), Load.ToString()];
}
