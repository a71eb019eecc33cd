using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using AppNet.Python.Wires;
using AppNet.Transport;

namespace AppNet.Tests.Python;

/// <summary>A Python peer that a test plays: it answers what it is told to, one request on each connection.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly PythonWorld _world;
    private readonly PythonFamily _family;
    private readonly IDuplexListener _listener;
    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer; connections under way still ask for its token.")]
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly ConcurrentQueue<PythonRequest> _requests = new();

    [SuppressMessage("Usage", "CA2213", Justification = "Its handle is never asked for; connections under way still release it.")]
    private readonly SemaphoreSlim _arrived = new(0);

    public ScriptedPeer(PythonWorld world, PythonFamily family, int port = 0)
    {
        _world = world;
        _family = family;
        _listener = world.Transport.Listen(new TransportAddress(MemoryTransport.TransportName, "127.0.0.1", port));
        _loop = Task.Run(AcceptAsync);
    }

    public int Port => _listener.Address.Port;

    /// <summary>Gets or sets what it answers to all but questions for its info; null: it closes without an answer.</summary>
    public Func<PythonRequest, byte[]?> Answer { get; set; } = _ => null;

    /// <summary>Gets or sets the raw bytes of the last request that was no question for its info.</summary>
    public byte[] LastRequest { get; private set; } = [];

    /// <summary>Gets the raw bytes of all requests that were no question for its info.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = new();

    public string[] Flags { get; set; } = ["INVALID_CONNECTION", "NULL"];

    public string[] Subscriptions { get; set; } = [];

    public string Group { get; set; } = "None";

    /// <summary>Waits for the next request that was no question for its info.</summary>
    public async Task<PythonRequest> NextAsync()
    {
        await _arrived.WaitAsync(_world.Limit);
        _ = _requests.TryDequeue(out var request);
        return request!;
    }

    public byte[] Value(string json) => PythonAnswer.Value(_family, Encoding.UTF8.GetBytes(json), "test");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var duplex = await _listener.AcceptAsync(_stop.Token);
                _ = Task.Run(() => HoldAsync(duplex));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The peer is gone.
        }
    }

    private async Task HoldAsync(IDuplex duplex)
    {
        using (duplex)
        {
            try
            {
                // One receive, as the Python library does.
                var buffer = new byte[1024];
                var count = await duplex.ReceiveAsync(buffer, _stop.Token);
                if (AnswerTo(buffer[..count]) is { } answer)
                {
                    await duplex.SendAsync([answer], _stop.Token);
                    duplex.CompleteSending();
                    _ = await duplex.ReceiveAsync(buffer, _stop.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The other side is gone.
            }
        }
    }

    private byte[]? AnswerTo(byte[] bytes)
    {
        PythonRequest? request;
        try
        {
            request = PythonRequest.Read(_family == PythonFamily.V06 ? bytes : PythonBase64.Decode(bytes).Span, _family);
        }
        catch (PythonFormatException exception)
        {
            return PythonAnswer.Error(_family, exception.Type, exception.Message, []);
        }

        if (request?.Connection == ConnectionNames.Of("net.defaults.handlers.info", _family)[0])
        {
            return Value(Encoding.UTF8.GetString(Info().Write(_family).Span));
        }

        // Rules that other tests have put in the process' catalogue reach this peer as well.
        if (request?.Connection == ConnectionNames.Of("net.defaults.handlers.subscription_handler", _family)[0] && request.TextAt(0) != "tick")
        {
            return Value("null");
        }

        LastRequest = bytes;
        Received.Enqueue(bytes);
        _requests.Enqueue(request!);
        _ = _arrived.Release();
        return Answer(request!);
    }

    private PythonInfo Info() => new("127.0.0.1", Port, Group, IsHub: false) { User = "peer", Flags = Flags, Subscriptions = Subscriptions };
}
