namespace AppNet.Load.Systems;

/// <summary>A server that answers until it is disposed.</summary>
internal interface ILoadServer : IAsyncDisposable
{
    /// <summary>Gets where clients reach it: the port in use, never 0.</summary>
    Endpoint Endpoint { get; }

    /// <summary>Gets what raises events; null when the system or the case has none.</summary>
    IEventPublisher? Publisher => null;
}
