using AppNet.Load.Workloads;

namespace AppNet.Load.Systems;

/// <summary>One way to call a function in another process. Everything measured of it goes through this seam.</summary>
internal interface ISystem
{
    /// <summary>Gets the name on the command line and in the results.</summary>
    string Name { get; }

    /// <summary>Says whether the system can do this; what it can't is skipped, and the run says so.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="workload">The workload's name, such as <c>W1</c>.</param>
    /// <returns>True when it can.</returns>
    bool Supports(LoadTransport transport, string workload);

    /// <summary>Gets how many files, sockets among them, a link takes in the client process, where each has all of its own.</summary>
    int FilesPerLink { get; }

    /// <summary>Starts to answer, in the server process.</summary>
    /// <param name="endpoint">Where to listen: port 0, or the path of a socket that does not exist yet.</param>
    /// <param name="load">The case that it is started for.</param>
    /// <returns>The server, which answers from now on.</returns>
    Task<ILoadServer> StartServerAsync(Endpoint endpoint, LoadCase load);

    /// <summary>Makes one link to a server, in the client process.</summary>
    /// <param name="endpoint">What the server gave as its <see cref="ILoadServer.Endpoint"/>.</param>
    /// <returns>The client: one connection of its own, never shared with another client.</returns>
    Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint);

    /// <summary>Makes several links, whose calls are measured together.</summary>
    /// <param name="endpoint">What the server gave as its <see cref="ILoadServer.Endpoint"/>.</param>
    /// <param name="count">How many.</param>
    /// <returns>The clients, each with a connection of its own.</returns>
    async Task<IReadOnlyList<IWorkloadClient>> CreateClientsAsync(Endpoint endpoint, int count)
    {
        var clients = new List<IWorkloadClient>(count);
        for (var index = 0; index < count; index++)
        {
            clients.Add(await CreateClientAsync(endpoint));
        }

        return clients;
    }
}
