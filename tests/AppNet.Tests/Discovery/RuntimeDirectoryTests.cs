using System.Runtime.Versioning;
using AppNet.Discovery;
using AppNet.TestKit;
using AppNet.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Discovery;

public sealed class RuntimeDirectoryTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Folder => _temp["peers"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_peer_that_is_listed_is_read_with_all_that_others_need()
    {
        var directory = Open();
        var record = Record() with
        {
            Addresses = [new TransportAddress("unix", "/x.sock", 0), new TransportAddress("tcp", "127.0.0.1", 3010)],
            Secret = new byte[] { 1, 2, 3 },
            IsOnHost = true,
        };
        using var entry = directory.Enter(record.Info.Instance);

        entry.Publish(record);

        Assert.Equal(record, Assert.Single(directory.Read()));
    }

    [Fact]
    public void What_a_peer_says_later_replaces_what_it_said()
    {
        var directory = Open();
        var record = Record();
        using var entry = directory.Enter(record.Info.Instance);
        entry.Publish(record);

        entry.Publish(record with { Info = record.Info with { Group = "render" } });

        Assert.Equal("render", Assert.Single(directory.Read()).Info.Group);
    }

    [Fact]
    public void The_files_of_a_peer_that_lives_long_are_made_to_look_new_without_losing_the_lock()
    {
        var directory = Open();
        using var entry = Listed(directory);
        var later = new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

        entry.Renew(later);

        Assert.All(Directory.GetFiles(Folder), file => Assert.Equal(later.UtcDateTime, File.GetLastWriteTimeUtc(file)));
        Assert.Single(directory.Read());
    }

    [Fact]
    public void A_peer_that_is_gone_leaves_nothing()
    {
        var directory = Open();
        var entry = Listed(directory);
        File.WriteAllText(entry.SocketPath!, "");

        entry.Dispose();
        entry.Dispose();

        Assert.Empty(directory.Read());
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
        Assert.Throws<ObjectDisposedException>(() => entry.Publish(Record() with { Info = Sample.Info(InstanceOf(entry)) }));
    }

    [Fact]
    public void A_place_that_was_taken_and_not_yet_filled_is_left_alone()
    {
        var directory = Open();
        var record = Record();
        using var entry = directory.Enter(record.Info.Instance);
        File.WriteAllText(entry.SocketPath!, "");

        Assert.Empty(directory.Read());

        entry.Publish(record);
        Assert.Single(directory.Read());
        Assert.True(File.Exists(entry.SocketPath));
    }

    [Fact]
    public async Task The_entry_of_a_killed_process_is_not_trusted_and_is_removed()
    {
        var directory = Open();
        using var process = await ListedProcess.StartAsync(Folder);
        Assert.Single(directory.Read());
        var socket = Path.ChangeExtension(Directory.GetFiles(Folder, "*.json")[0], ".sock");
        await File.WriteAllTextAsync(socket, "", TestContext.Current.CancellationToken);

        await process.KillAsync();

        Assert.Empty(directory.Read());
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public async Task Processes_that_list_themselves_at_once_all_see_each_other()
    {
        var directory = Open();
        var processes = await Task.WhenAll(ListedProcess.StartAsync(Folder, count: 20), ListedProcess.StartAsync(Folder, count: 20));

        Assert.Equal(40, directory.Read().Count);

        foreach (var process in processes)
        {
            await process.EndAsync();
            process.Dispose();
        }

        Assert.Empty(directory.Read());
    }

    [Fact]
    public void Readers_at_once_take_nobody_alive_for_dead()
    {
        var directory = Open();
        using var first = Listed(directory);
        using var second = Listed(directory);

        Parallel.For(0, 200, _ => Assert.Equal(2, directory.Read().Count));
    }

    [Fact]
    public void Removers_at_once_leave_the_living_alone()
    {
        var directory = Open();
        using var alive = Listed(directory);
        for (var i = 0; i < 50; i++)
        {
            File.WriteAllText(Path.Combine(Folder, $"{Guid.NewGuid():N}.json"), "{}");
            File.WriteAllText(Path.Combine(Folder, $"{Guid.NewGuid():N}.lock"), "");
        }

        Parallel.For(0, 20, _ => Assert.Single(directory.Read()));

        Assert.Single(directory.Read());
        Assert.Equal(3, Directory.GetFileSystemEntries(Folder).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"peer":5}""")]
    [InlineData("""{"peer":{"host":"a","port":1,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}}""")]
    public void An_entry_that_is_malformed_or_of_another_instance_hides_no_other(string content)
    {
        var directory = Open();
        using var bad = Listed(directory);
        using var good = Listed(directory);
        File.WriteAllText(Path.Combine(Folder, $"{InstanceOf(bad):N}.json"), content);

        var read = Assert.Single(directory.Read());

        Assert.Equal(InstanceOf(good), read.Info.Instance);
    }

    [Fact]
    public void An_entry_that_is_too_large_is_ignored()
    {
        var directory = Open();
        using var entry = Listed(directory);
        File.AppendAllText(Path.Combine(Folder, $"{InstanceOf(entry):N}.json"), new string(' ', RuntimeEntryJson.MaxBytes));

        Assert.Empty(directory.Read());
    }

    [Fact]
    public void Files_of_others_and_fresh_unfinished_ones_are_left_alone_and_old_unfinished_ones_removed()
    {
        var time = new SteppedTime();
        var directory = new RuntimeDirectory([Folder], time, NullLogger.Instance);
        directory.Enter(Guid.NewGuid()).Dispose();
        var notes = Path.Combine(Folder, "notes.json");
        var unfinished = Path.Combine(Folder, $"{Guid.NewGuid():N}.lock.new");
        File.WriteAllText(notes, "");
        File.WriteAllText(unfinished, "");
        File.SetLastWriteTimeUtc(unfinished, time.GetUtcNow().UtcDateTime);

        _ = directory.Read();
        Assert.True(File.Exists(unfinished));
        time.Advance(TimeSpan.FromHours(2));
        _ = directory.Read();

        Assert.False(File.Exists(unfinished));
        Assert.True(File.Exists(notes));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Folder_and_files_are_closed_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
        using var entry = Listed(Open());

        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Folder) & Others);
        Assert.All(Directory.GetFiles(Folder), file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others));
    }

    [Fact]
    public void A_folder_that_is_a_link_is_refused()
    {
        Directory.CreateDirectory(_temp["elsewhere"]);
        Directory.CreateSymbolicLink(Folder, _temp["elsewhere"]);

        var error = Assert.Throws<IOException>(() => Open().Enter(Guid.NewGuid()));

        Assert.Contains($"'{Folder}' is a symbolic link", error.Message, StringComparison.Ordinal);
        Assert.Empty(Open().Read());
    }

    [Fact]
    public void A_folder_that_others_could_exchange_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Who owns a folder is asked where Linux says it.");
        if (OperatingSystem.IsLinux())
        {
            var folder = Path.Combine(Folder, "run");
            RuntimeFolder.Prepare(folder);
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
            Assert.Contains("can be exchanged by other users", RuntimeFolder.Problem(folder), StringComparison.Ordinal);

            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit);
            Assert.Null(RuntimeFolder.Problem(folder));
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_is_open_to_others_is_refused_and_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
        using var entry = Listed(Open());
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.GroupRead);

        var error = Assert.Throws<IOException>(() => Open().Enter(Guid.NewGuid()));

        Assert.Contains("is open to other users. Close it: chmod 700", error.Message, StringComparison.Ordinal);
        Assert.Empty(Open().Read());
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("12582912")]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_of_another_user_is_refused(string user)
    {
        var needless = !OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess;
        Assert.SkipUnless(needless || TryGiveAway(user), "Needs a folder of another user.");
        var folder = Environment.IsPrivilegedProcess ? _temp["given"] : "/";

        Assert.Contains("belongs to another user", RuntimeFolder.Problem(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_first_folder_cant_be_used_the_next_one_is_and_both_are_read()
    {
        File.WriteAllText(_temp["file"], "");
        Directory.CreateDirectory(_temp["elsewhere"]);
        var first = _temp["first"];
        using var inFirst = Listed(new RuntimeDirectory([first], TimeProvider.System, NullLogger.Instance));
        var directory = new RuntimeDirectory([_temp["file"], Folder, first], TimeProvider.System, NullLogger.Instance);

        using var entry = Listed(directory);

        Assert.StartsWith(Folder, entry.SocketPath, StringComparison.Ordinal);
        Assert.Equal(2, directory.Read().Count);
    }

    [Fact]
    public void A_socket_path_that_no_system_takes_is_not_offered()
    {
        var directory = new RuntimeDirectory([_temp[new string('x', 100)]], TimeProvider.System, NullLogger.Instance);

        using var entry = Listed(directory);

        Assert.Null(entry.SocketPath);
        Assert.Single(directory.Read());
    }

    [Fact]
    public void A_peer_is_found_by_its_port_without_a_look_at_the_others()
    {
        var log = new LogRecorder();
        var directory = new RuntimeDirectory([Folder], TimeProvider.System, log.CreateLogger("directory"));
        using var broken = Listed(directory, port: 3010);
        using var wanted = Listed(directory, port: 3011);
        File.WriteAllText(Path.Combine(Folder, $"{InstanceOf(broken):N}.json"), "nonsense");

        var found = directory.Find(3011);

        Assert.Equal(InstanceOf(wanted), found?.Info.Instance);
        Assert.DoesNotContain(log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("8c0e6b1e3c5c4d8e9c0a3f0c2f0f2b11")]
    [InlineData("of another peer")]
    public void Whatever_a_ports_file_says_the_peer_at_the_port_is_found(string? content)
    {
        var directory = Open();
        using var other = Listed(directory, port: 3010);
        using var wanted = Listed(directory, port: 3011);
        var file = Path.Combine(Folder, "3011.port");
        File.Delete(file);
        if (content is not null)
        {
            File.WriteAllText(file, content.StartsWith("of", StringComparison.Ordinal) ? $"{InstanceOf(other):N}" : content);
        }

        Assert.Equal(InstanceOf(wanted), directory.Find(3011)?.Info.Instance);
        Assert.Null(directory.Find(3012));
    }

    [Fact]
    public void A_port_that_another_peer_has_taken_over_stays_its_own()
    {
        var directory = Open();
        var former = Listed(directory, port: 3010);
        using var current = Listed(directory, port: 3010);

        former.Dispose();

        Assert.Equal($"{InstanceOf(current):N}", File.ReadAllText(Path.Combine(Folder, "3010.port")));
        Assert.Equal(InstanceOf(current), directory.Find(3010)?.Info.Instance);
    }

    [Fact]
    public void The_secret_is_in_no_text()
    {
        var record = Record() with { Secret = "topsecret"u8.ToArray() };

        Assert.DoesNotContain(Convert.ToBase64String(record.Secret.Span), record.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", record.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_folders_follow_the_environment()
    {
        Directory.CreateDirectory(_temp["run"]);
        var temp = Path.GetTempPath();

        var named = RuntimeFolder.Candidates(name => name == "NET_RUNTIME_DIR" ? Folder : _temp["run"]);
        var session = RuntimeFolder.Candidates(name => name == "XDG_RUNTIME_DIR" ? _temp["run"] : null);
        var gone = RuntimeFolder.Candidates(name => name == "XDG_RUNTIME_DIR" ? _temp["gone"] : "");
        var relative = RuntimeFolder.Candidates(name => name == "XDG_RUNTIME_DIR" ? "run" : null);

        Assert.Equal([Folder], named);
        Assert.Equal(Path.Combine(_temp["run"], "appnet"), session[0]);
        Assert.StartsWith(Path.Combine(temp, "appnet-"), session[1], StringComparison.Ordinal);
        Assert.Equal([session[1]], gone);
        Assert.Equal([session[1]], relative);
    }

    private static Guid InstanceOf(RuntimeEntry entry) =>
        Guid.ParseExact(Path.GetFileNameWithoutExtension(entry.SocketPath!), "N");

    private static PeerRecord Record() => new() { Info = Sample.Info() };

    private static RuntimeEntry Listed(RuntimeDirectory directory, int port = 3010)
    {
        var record = new PeerRecord { Info = Sample.Info(port: port) };
        var entry = directory.Enter(record.Info.Instance);
        entry.Publish(record);
        return entry;
    }

    private RuntimeDirectory Open() => new([Folder], TimeProvider.System, NullLogger.Instance);

    // As the superuser one can make a folder of another user, though only with a program of the system.
    private bool TryGiveAway(string user)
    {
        Directory.CreateDirectory(_temp["given"]);
        try
        {
            using var chown = System.Diagnostics.Process.Start("chown", [user, _temp["given"]]);
            chown.WaitForExit();
            return chown.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
