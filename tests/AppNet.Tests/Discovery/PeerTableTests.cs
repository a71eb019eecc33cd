using System.Net;
using System.Runtime.CompilerServices;
using AppNet.Discovery;
using AppNet.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Discovery;

public sealed class PeerTableTests
{
    private static readonly TransportAddress Unix = new("unix", "/x.sock", 0);
    private static readonly TransportAddress Tcp = new("tcp", "127.0.0.1", 3010);

    private readonly SteppedTime _time = new();
    private readonly Guid _self = Guid.NewGuid();

    [Fact]
    public void What_several_sources_say_of_one_instance_is_one_peer()
    {
        var table = Table();
        var info = Sample.Info();

        table.Report("ports", new PeerRecord { Info = info, Addresses = [Tcp], IsOnHost = true });
        table.Report("runtime", new PeerRecord { Info = info, Addresses = [Tcp, Unix], Secret = new byte[] { 7 } });

        var peer = Assert.Single(table.Snapshot());
        Assert.Equal([Unix, Tcp], peer.Addresses);
        Assert.Equal(["ports", "runtime"], peer.Sources);
        Assert.Equal(7, peer.Secret.Span[0]);
        Assert.True(peer.IsOnHost);
    }

    [Fact]
    public void The_newest_info_counts_whoever_has_it()
    {
        var table = Table();
        var info = Sample.Info();

        table.Report("a", new PeerRecord { Info = info });
        table.Report("b", new PeerRecord { Info = info with { Group = "render" } });

        Assert.Equal("render", Assert.Single(table.Snapshot()).Info.Group);
    }

    [Fact]
    public void An_id_finds_its_peer_also_after_a_change_of_group_and_the_newest_run_of_it()
    {
        var table = Table();
        var old = Sample.Info(port: 1, group: "before");
        table.Report("a", new PeerRecord { Info = old });
        table.Report("a", new PeerRecord { Info = old with { Group = "after" } });
        var newer = Sample.Info(port: 1, group: "after") with { StartedAt = old.StartedAt.AddHours(1) };
        table.Report("a", new PeerRecord { Info = newer });
        table.Report("a", new PeerRecord { Info = Sample.Info(port: 2) });

        Assert.True(table.TryFind(old.Id, out var found));
        Assert.Equal(newer, found.Info);
        Assert.False(table.TryFind(new PeerId("127.0.0.1", 3), out _));
        Assert.False(table.TryFind(new PeerId("localhost", 1), out _));
        Assert.False(table.TryFind(default, out _));
    }

    [Fact]
    public void The_own_instance_is_not_in_it()
    {
        var table = Table();

        table.Report("a", new PeerRecord { Info = Sample.Info(_self) });

        Assert.Empty(table.Snapshot());
    }

    [Fact]
    public async Task A_peer_leaves_with_the_last_source_that_knows_it()
    {
        var table = Table();
        var info = Sample.Info();
        await using var changes = Watch(table);
        table.Report("a", new PeerRecord { Info = info });
        table.Report("b", new PeerRecord { Info = info });
        Assert.Equal(PeerChangeKind.Joined, (await NextAsync(changes)).Kind);

        table.Withdraw("a", info.Instance);
        Assert.Single(table.Snapshot());
        table.Withdraw("b", info.Instance);

        Assert.Equal(new PeerChange(PeerChangeKind.Left, info), await NextAsync(changes));
        Assert.Empty(table.Snapshot());
    }

    [Fact]
    public async Task A_lost_peer_is_gone_whatever_the_sources_say_and_may_come_back()
    {
        var table = Table();
        var record = new PeerRecord { Info = Sample.Info() };
        await using var changes = Watch(table);
        table.Report("a", record);
        table.Report("b", record);
        _ = await NextAsync(changes);

        table.Remove(record.Info.Instance, PeerChangeKind.Lost);
        table.Remove(record.Info.Instance, PeerChangeKind.Lost);

        Assert.Equal(PeerChangeKind.Lost, (await NextAsync(changes)).Kind);
        Assert.False(table.TryGet(record.Info.Instance, out _));
        table.Report("a", record);
        Assert.Equal(PeerChangeKind.Joined, (await NextAsync(changes)).Kind);
    }

    [Fact]
    public void A_whole_answer_withdraws_what_it_does_not_hold()
    {
        var table = Table();
        var stays = new PeerRecord { Info = Sample.Info() };
        var goes = new PeerRecord { Info = Sample.Info() };
        table.Replace("a", [stays, goes]);

        table.Replace("a", [stays]);

        Assert.Equal(stays.Info, Assert.Single(table.Snapshot()).Info);
    }

    [Fact]
    public async Task A_watch_begins_with_those_known_and_tells_of_changes()
    {
        var table = Table();
        var info = Sample.Info();
        table.Report("a", new PeerRecord { Info = info });
        await using var changes = Watch(table);

        Assert.Equal(new PeerChange(PeerChangeKind.Joined, info), await NextAsync(changes));

        table.Report("a", new PeerRecord { Info = info });
        table.Report("a", new PeerRecord { Info = info with { IsHub = true } });
        Assert.Equal(new PeerChange(PeerChangeKind.Changed, info with { IsHub = true }), await NextAsync(changes));
    }

    [Fact]
    public async Task A_watcher_that_reads_late_sees_the_net_effect_per_peer()
    {
        var table = Table();
        var seen = Sample.Info();
        table.Report("a", new PeerRecord { Info = seen });
        await using var changes = Watch(table);
        _ = await NextAsync(changes);

        var passing = Sample.Info();
        var coming = Sample.Info();
        for (var i = 0; i < 1_000; i++)
        {
            table.Report("a", new PeerRecord { Info = passing });
            table.Report("a", new PeerRecord { Info = coming with { ProcessId = i } });
            table.Report("a", new PeerRecord { Info = seen with { ProcessId = i } });
            table.Withdraw("a", passing.Instance);
        }

        table.Remove(seen.Instance, PeerChangeKind.Lost);

        Assert.Equal(new PeerChange(PeerChangeKind.Joined, coming with { ProcessId = 999 }), await NextAsync(changes));
        Assert.Equal(PeerChangeKind.Lost, (await NextAsync(changes)).Kind);
        table.Report("b", new PeerRecord { Info = Sample.Info(port: 9) });
        Assert.Equal(9, (await NextAsync(changes)).Info.Port);
    }

    [Fact]
    public async Task Every_watcher_sees_every_change_and_one_that_has_stopped_costs_nothing()
    {
        var table = Table();
        await using (var gone = Watch(table))
        {
            table.Report("a", new PeerRecord { Info = Sample.Info(port: 1) });
            _ = await NextAsync(gone);
        }

        await using var one = Watch(table);
        await using var other = Watch(table);
        _ = await NextAsync(one);
        _ = await NextAsync(other);
        table.Report("a", new PeerRecord { Info = Sample.Info(port: 2) });

        Assert.Equal(2, (await NextAsync(one)).Info.Port);
        Assert.Equal(2, (await NextAsync(other)).Info.Port);
    }

    [Fact]
    public async Task Threads_that_report_watch_and_remove_at_once_end_in_the_same_picture()
    {
        var table = Table();
        var infos = Enumerable.Range(1, 50).Select(port => Sample.Info(port: port)).ToArray();
        await using var changes = Watch(table);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    var info = infos[(i + thread) % infos.Length];
                    table.Report($"s{thread}", new PeerRecord { Info = info });
                    table.Withdraw($"s{thread}", info.Instance);
                    table.Report("stays", new PeerRecord { Info = info });
                }
            },
            TestContext.Current.CancellationToken)));

        var known = new HashSet<Guid>();
        while (known.Count < infos.Length)
        {
            var change = await NextAsync(changes);
            _ = change.Kind is PeerChangeKind.Left ? known.Remove(change.Info.Instance) : known.Add(change.Info.Instance);
        }

        Assert.Equal(infos.Length, table.Snapshot().Count);
    }

    [Fact]
    public async Task A_refresh_waits_for_every_source_and_a_failing_one_disturbs_no_other()
    {
        var good = new Source("good", new PeerRecord { Info = Sample.Info(port: 1) });
        var bad = new Source("bad") { Failure = new IOException("No network.") };
        var table = Table(bad, good);

        await table.RefreshAsync(new PeerQuery(), TestContext.Current.CancellationToken);

        Assert.Equal(1, Assert.Single(table.Snapshot()).Info.Port);
    }

    [Fact]
    public async Task A_source_that_never_ends_is_waited_for_3_seconds_and_what_it_found_counts()
    {
        var endless = new Source("endless", new PeerRecord { Info = Sample.Info(port: 1) }) { Ends = false };
        var deaf = new Source("deaf") { Ends = false, Listens = false };
        var table = Table(endless, deaf);

        var refresh = table.RefreshAsync(new PeerQuery(), TestContext.Current.CancellationToken);
        await _time.TimerSetAsync();
        await _time.TimerSetAsync();
        Assert.False(refresh.IsCompleted);
        await endless.Waiting;
        _time.Advance(PeerTable.SourceLimit);
        await refresh.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Single(table.Snapshot());
        deaf.Free();
    }

    [Fact]
    public async Task A_refresh_withdraws_what_its_source_no_longer_yields_unless_it_failed_or_was_not_asked_for_it()
    {
        var source = new Source("a", new PeerRecord { Info = Sample.Info(port: 1) }, new PeerRecord { Info = Sample.Info(port: 2, group: "g") });
        var table = Table(source);
        await table.RefreshAsync(new PeerQuery(), TestContext.Current.CancellationToken);
        source.Records = [];

        await table.RefreshAsync(new PeerQuery { Groups = ["g"] }, TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single(table.Snapshot()).Info.Port);

        source.Failure = new IOException("No network.");
        await table.RefreshAsync(new PeerQuery(), TestContext.Current.CancellationToken);
        Assert.Single(table.Snapshot());

        source.Failure = null;
        await table.RefreshAsync(new PeerQuery(), TestContext.Current.CancellationToken);
        Assert.Empty(table.Snapshot());
    }

    [Fact]
    public async Task For_peers_of_this_host_no_source_beyond_it_is_asked()
    {
        var near = new Source("near", new PeerRecord { Info = Sample.Info(port: 1), IsOnHost = true }) { IsOnHost = true };
        var far = new Source("far", new PeerRecord { Info = Sample.Info(port: 2) });
        var table = Table(near, far);
        table.Report("earlier", new PeerRecord { Info = Sample.Info(port: 3) });

        await table.RefreshAsync(new PeerQuery { OnHost = true }, TestContext.Current.CancellationToken);

        Assert.Equal(0, far.TimesAsked);
        Assert.Equal(1, Assert.Single(table.Snapshot(new PeerQuery { OnHost = true })).Info.Port);
    }

    [Fact]
    public async Task Cancelling_a_refresh_ends_the_wait_at_once()
    {
        var deaf = new Source("deaf") { Ends = false, Listens = false };
        var table = Table(deaf);
        using var stop = new CancellationTokenSource();

        var refresh = table.RefreshAsync(new PeerQuery(), stop.Token);
        await deaf.Waiting;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refresh);
        deaf.Free();
    }

    [Fact]
    public void Filters_take_whole_names_of_groups_and_None_for_those_without()
    {
        var table = Table();
        table.Report("a", new PeerRecord { Info = Sample.Info(port: 1) });
        table.Report("a", new PeerRecord { Info = Sample.Info(port: 2, group: "render") });
        table.Report("a", new PeerRecord { Info = Sample.Info(port: 3, group: "rend") with { IsHub = true } });

        Assert.Equal([3], Ports(new PeerQuery { Groups = ["rend"] }));
        Assert.Equal([1, 2], Ports(new PeerQuery { Groups = ["None", "render"] }));
        Assert.Equal([3], Ports(new PeerQuery { HubsOnly = true }));
        Assert.Equal([1, 2, 3], Ports(new PeerQuery()));
        Assert.Empty(Ports(new PeerQuery { Groups = [] }));

        int[] Ports(PeerQuery query) => [.. table.Snapshot(query).Select(peer => peer.Info.Port).Order()];
    }

    [Fact]
    public async Task A_directory_of_another_package_feeds_peers_too()
    {
        var table = Table(new DirectorySource(new Elsewhere()));

        await table.RefreshAsync(new PeerQuery(), TestContext.Current.CancellationToken);

        var peers = table.Snapshot().OrderBy(peer => peer.Info.Port).ToArray();
        Assert.Equal(new TransportAddress("tcp", "127.0.0.1", 1), Assert.Single(peers[0].Addresses));
        Assert.Equal([new("tcp", "10.0.0.1", 5), new("tcp", "far.example", 6)], peers[1].Addresses);
        Assert.Equal(["elsewhere"], peers[0].Sources);
    }

    private static IAsyncEnumerator<PeerChange> Watch(PeerTable table) =>
        table.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private static async Task<PeerChange> NextAsync(IAsyncEnumerator<PeerChange> changes)
    {
        Assert.True(await changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        return changes.Current;
    }

    private PeerTable Table(params IPeerSource[] sources) => new(_self, sources, _time, NullLogger.Instance);

    private sealed class Source(string name, params PeerRecord[] records) : IPeerSource
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => name;

        public bool IsOnHost { get; init; }

        public bool Ends { get; init; } = true;

        public bool Listens { get; init; } = true;

        public PeerRecord[] Records { get; set; } = records;

        public Exception? Failure { get; set; }

        public int TimesAsked { get; private set; }

        public Task Waiting => _waiting.Task;

        public void Free() => _freed.SetResult();

        public async IAsyncEnumerable<PeerRecord> FindAsync(
            PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            TimesAsked++;
            await Task.Yield();
            foreach (var record in Records)
            {
                yield return record;
            }

            if (Failure is not null)
            {
                throw Failure;
            }

            if (!Ends)
            {
                _waiting.SetResult();
                await _freed.Task.WaitAsync(Listens ? cancellationToken : CancellationToken.None);
            }
        }
    }

    private sealed class Elsewhere : IPeerDirectory
    {
        public string Name => "elsewhere";

        public async IAsyncEnumerable<DirectoryEntry> FindAsync(
            PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return new DirectoryEntry { Info = Sample.Info(port: 1) };
            yield return new DirectoryEntry
            {
                Info = Sample.Info(port: 2),
                EndPoints = [new IPEndPoint(IPAddress.Parse("10.0.0.1"), 5), new DnsEndPoint("far.example", 6)],
            };
        }
    }
}
