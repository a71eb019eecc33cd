using System.Text;
using AppNet.Security;
using AppNet.Tests.Discovery;
using Xunit;

namespace AppNet.Tests.Security;

/// <summary>The file that keeps the keys.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.Path, "appnet", "key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_no_key_before_it_is_needed()
    {
        Assert.Null(Open().Read());
        Assert.False(Directory.Exists(System.IO.Path.GetDirectoryName(Path)));
    }

    [Fact]
    public async Task A_key_is_made_once_and_is_nobody_elses()
    {
        var made = await Open().ReadOrMakeAsync(Cancelled);

        Assert.Equal(made, await Open().ReadOrMakeAsync(Cancelled));
        Assert.Equal(made, Open().Read());
        Assert.False(made.IsShared);
        Assert.Null(made.Older);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(System.IO.Path.GetDirectoryName(Path)!));
        }
    }

    [Fact]
    public async Task All_who_make_a_key_at_once_agree_on_one()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Open().ReadOrMakeAsync(Cancelled), Cancelled)));

        Assert.Single(made.Distinct());
        Assert.Equal(["key", "key.lock"], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Select(System.IO.Path.GetFileName).Order());
    }

    [Fact]
    public async Task Two_keys_are_valid_while_they_rotate_and_the_third_ends_the_first()
    {
        var first = await Open().ReadOrMakeAsync(Cancelled);
        var second = await Open().ChangeAsync(ring => ring!.Rotate(NetworkKey.Make()), Cancelled);
        var third = await Open().ChangeAsync(ring => ring!.Rotate(NetworkKey.Make()), Cancelled);

        Assert.Equal(first.Newest, second.Older);
        Assert.Equal(third, Open().Read());
        Assert.True(third.Has(second.Newest));
        Assert.False(third.Has(first.Newest));
    }

    [Fact]
    public void The_base64_of_a_key_alone_is_a_file_that_is_shared()
    {
        var key = NetworkKey.Make();

        Write(Convert.ToBase64String(key.Reveal()) + "\n");

        Assert.Equal(new KeyRing(key, Older: null, IsShared: true), Open().Read());
    }

    [Theory]
    [InlineData("", "holds no key")]
    [InlineData("# nothing\n", "holds no key")]
    [InlineData("AAAA\n", "line 1 that is no key")]
    [InlineData("private\nhello world\n", "line 2 that is no key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "one key twice")]
    public void A_malformed_file_is_refused_and_the_message_says_how(string content, string problem)
    {
        Write(content);

        var failure = Assert.Throws<IOException>(() => Open().Read());

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        Write(new string('#', 5000));

        Assert.Contains("4096 bytes", Assert.Throws<IOException>(() => Open().Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_can_use_is_refused(UnixFileMode others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        _ = await Open().ReadOrMakeAsync(Cancelled);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        }

        var failure = Assert.Throws<IOException>(() => Open().Read());

        Assert.Contains("open to other users", failure.Message, StringComparison.Ordinal);
        Assert.Contains("chmod", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_key_file_is_refused()
    {
        _ = await Open().ReadOrMakeAsync(Cancelled);
        var link = Path + ".link";
        File.CreateSymbolicLink(link, Path);

        var failure = Assert.Throws<IOException>(() => new KeyFile(link, TimeProvider.System).Read());

        Assert.Contains("link", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_user_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/chown"), "It takes root to give a file away.");
        _ = await Open().ReadOrMakeAsync(Cancelled);
        using (var chown = System.Diagnostics.Process.Start("/usr/bin/chown", ["65534", Path]))
        {
            await chown.WaitForExitAsync(Cancelled);
        }

        var failure = Assert.Throws<IOException>(() => Open().Read());

        Assert.Contains("another user, number 65534", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_fails_leaves_the_file_as_it_was()
    {
        var made = await Open().ReadOrMakeAsync(Cancelled);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Open().ChangeAsync(_ => throw new InvalidOperationException(), Cancelled));

        Assert.Equal(made, Open().Read());
    }

    [Fact]
    public void A_key_shows_its_generation_and_nothing_of_itself()
    {
        var key = NetworkKey.Make();
        var secret = key.Reveal();
        var shown = $"{key} {new KeyRing(key, key, IsShared: true)} {new Credentials(new KeyRing(key, Older: null, IsShared: true))}";

        Assert.Matches("^[0-9a-f]{16}$", key.Generation);
        Assert.DoesNotContain(Convert.ToBase64String(secret)[..10], shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(secret)[..10], shown, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_generation_of_a_known_key_is_the_one_of_the_protocol()
    {
        var key = NetworkKey.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(key.Reveal(), "AppNet/2 key"u8))[..16], key.Generation);
    }

    private KeyFile Open() => new(Path, TimeProvider.System);

    private void Write(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(Path, options);
        stream.Write(Encoding.ASCII.GetBytes(content));
    }
}
