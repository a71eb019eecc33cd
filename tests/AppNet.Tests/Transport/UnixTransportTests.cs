using System.Net.Sockets;
using AppNet.Conformance;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Transport;

public sealed class UnixTransportTests : IDisposable
{
    private readonly SocketFolder _folder = new();
    private readonly UnixTransport _transport = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_side_knows_the_user_at_the_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");
        using var pair = await DuplexPair.OpenAsync(_transport, Address(_folder.NewPath()), Cancelled);

        Assert.NotNull(PeerCredential.OwnUser);
        Assert.Equal(PeerCredential.OwnUser, pair.Near.Info.RemoteUserId);
        Assert.Equal(PeerCredential.OwnUser, pair.Far.Info.RemoteUserId);
    }

    [Theory]
    [InlineData(1000u, 1000u, true)]
    [InlineData(0u, 0u, true)]
    [InlineData(0u, 1000u, false)]
    [InlineData(1001u, 1000u, false)]
    [InlineData(1000u, 0u, false)]
    public void Only_the_same_user_is_spoken_with(uint remote, uint own, bool expected) =>
        Assert.Equal(expected, PeerCredential.IsSame(remote, own));

    [Fact]
    public void The_effective_user_is_the_second_number()
    {
        Assert.Equal(42u, PeerCredential.ParseEffectiveUser(["Name:\tx", "Uid:\t1000\t42\t1000\t1000", "Gid:\t1\t2\t3\t4"]));
        Assert.Null(PeerCredential.ParseEffectiveUser(["Name:\tx"]));
    }

    [Fact]
    public void The_file_is_open_to_its_owner_only_and_gone_afterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        string path = _folder.NewPath();

        using (_transport.Listen(Address(path)))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_file_of_a_dead_process_is_replaced()
    {
        string path = _folder.NewPath();
        LeaveDeadSocket(path);
        var refused = await Assert.ThrowsAsync<IOException>(async () => await _transport.ConnectAsync(Address(path), Cancelled));

        using var pair = await DuplexPair.OpenAsync(_transport, Address(path), Cancelled);
        await pair.Near.SendAsync(Traffic.One(1), Cancelled);

        Assert.Equal([1], await Traffic.ReceiveExactlyAsync(pair.Far, 1, Cancelled));
        Assert.StartsWith("Nothing listens at ", refused.Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Of_many_who_replace_one_dead_file_at_once_one_wins_and_can_be_reached()
    {
        for (int round = 0; round < 20; round++)
        {
            string path = _folder.NewPath();
            LeaveDeadSocket(path);
            using var start = new Barrier(4);

            var attempts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Cancelled);
                    try
                    {
                        return _transport.Listen(Address(path));
                    }
                    catch (AddressInUseException)
                    {
                        return null;
                    }
                },
                Cancelled,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            using var winner = Assert.Single(attempts, attempt => attempt is not null);
            using var near = await _transport.ConnectAsync(Address(path), Cancelled);
        }
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        string path = _folder.NewPath();
        File.WriteAllText(path, string.Empty);

        var failure = Assert.Throws<IOException>(() => _transport.Listen(Address(path)));

        Assert.Contains("no socket", failure.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_path_that_is_too_long_is_told_before_anything_else()
    {
        string path = Path.Combine(_folder.Path, new string('x', 120));

        var listening = Assert.Throws<IOException>(() => _transport.Listen(Address(path)));
        var connecting = await Assert.ThrowsAsync<IOException>(async () => await _transport.ConnectAsync(Address(path), Cancelled));

        Assert.Contains("bytes long", listening.Message, StringComparison.Ordinal);
        Assert.Contains("bytes long", connecting.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var failure = Assert.Throws<DirectoryNotFoundException>(() => _transport.Listen(Address(Path.Combine(_folder.Path, "no", "s"))));

        Assert.Contains(Path.Combine(_folder.Path, "no"), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_connects_to_a_full_queue_waits_for_room()
    {
        const int MoreThanTheQueue = 700;
        using var listener = _transport.Listen(Address(_folder.NewPath()));
        var connecting = Enumerable.Range(0, MoreThanTheQueue)
            .Select(_ => _transport.ConnectAsync(listener.Address, Cancelled).AsTask()).ToArray();

        for (int i = 0; i < MoreThanTheQueue; i++)
        {
            (await listener.AcceptAsync(Cancelled)).Dispose();
        }

        Assert.All(await Task.WhenAll(connecting), near => near.Dispose());
    }

    private static TransportAddress Address(string path) => new("unix", path, 0);

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    // .NET removes the file it bound when it closes the socket, so the file has another name by then.
    private static void LeaveDeadSocket(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + "~"));
        socket.Listen();
        File.Move(path + "~", path);
    }
}
