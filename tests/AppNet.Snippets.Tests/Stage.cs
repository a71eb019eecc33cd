using System.Diagnostics.CodeAnalysis;
using System.Text;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Snippets.Tests;

/// <summary>Peers on a network in memory, on which snippets run as if each were the peer of its process.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<LocalPeer> _peers = [];
    private readonly StringBuilder _printed = new();

    [SuppressMessage("Usage", "CA2213", Justification = "It is the process's.")]
    private readonly TextWriter _console = Console.Out;

    private readonly Lock _gate = new();

    public Stage() => Console.SetOut(TextWriter.Synchronized(new Writer(this)));

    public LogRecorder Log { get; } = new();

    /// <summary>Gets what ends a test that hangs.</summary>
    public CancellationToken Limit { get; } = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System).Token).Token;

    /// <summary>Gets what was printed so far.</summary>
    public IReadOnlyList<string> Printed
    {
        get
        {
            lock (_gate)
            {
                return _printed.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    private MemoryNetwork Network { get; } = new();

    public async Task<LocalPeer> StartAsync(string? group = null, bool isHub = false)
    {
        var peer = new LocalPeer(new NetOptions { Network = Network, Group = group, IsHub = isHub, LoggerFactory = Log });
        _peers.Add(peer);
        await peer.StartAsync(Limit);
        return peer;
    }

    /// <summary>Starts a peer that runs snippets, and one that they call.</summary>
    public async Task<(LocalPeer Near, LocalPeer Far, Peer ToFar)> StartTwoAsync(string? group = null)
    {
        var near = await StartAsync();
        var far = await StartAsync(group);
        return (near, far, near.GetPeer(far.Id));
    }

    /// <summary>Runs a snippet as a function of a peer, so that <c>Net.Peer</c> is this peer.</summary>
    /// <returns>What has been printed since the beginning.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(LocalPeer peer, Func<Task> snippet)
    {
        _ = peer.Connect("the snippet", snippet);
        await peer.GetPeer(peer.Id).InvokeAsync("the snippet", cancellationToken: Limit);
        return Printed;
    }

    /// <inheritdoc cref="RunAsync(LocalPeer, Func{Task})"/>
    public Task<IReadOnlyList<string>> RunAsync(LocalPeer peer, Action snippet) => RunAsync(peer, () =>
    {
        snippet();
        return Task.CompletedTask;
    });

    /// <summary>Waits until a line is printed.</summary>
    public async Task UntilPrintedAsync(string line)
    {
        while (!Printed.Contains(line))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Limit);
        }
    }

    /// <summary>Waits until somebody has subscribed.</summary>
    public async Task UntilSubscribedAsync(LocalPeer publisher, string eventName, int subscribers)
    {
        while (publisher.Subscriptions[eventName].Count < subscribers)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Limit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Console.SetOut(_console);
        foreach (var peer in _peers)
        {
            await peer.StopAsync(new CancellationToken(canceled: true));
        }
    }

    private sealed class Writer(Stage stage) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            lock (stage._gate)
            {
                _ = stage._printed.Append(value);
            }
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (stage._gate)
            {
                _ = stage._printed.Append(buffer, index, count);
            }
        }

        public override void Write(string? value)
        {
            lock (stage._gate)
            {
                _ = stage._printed.Append(value);
            }
        }
    }
}
