namespace AppNet.Load.Systems;

/// <summary>
/// One link to a server, with the functions that the workloads call. Any number of calls may be in flight, from any
/// thread, unless the client is also an <see cref="IWindowedClient"/>.
/// </summary>
internal interface IWorkloadClient : IAsyncDisposable
{
    /// <summary>Adds two numbers over there.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Their sum.</returns>
    ValueTask<int> AddAsync(int left, int right);

    /// <summary>Sends bytes there and back.</summary>
    /// <param name="payload">The bytes.</param>
    /// <returns>The same bytes, in an array of the callee's answer.</returns>
    ValueTask<byte[]> EchoAsync(byte[] payload);
}
