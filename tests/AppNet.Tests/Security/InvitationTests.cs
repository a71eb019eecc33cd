using System.Net;
using AppNet.Security;
using AppNet.TestKit;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Security;

/// <summary>How a host comes to have another's key.</summary>
public sealed class InvitationTests : IAsyncDisposable
{
    private const string Here = "127.0.0.2";
    private const string There = "127.0.0.3";

    private readonly Hosts _hosts = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task Who_joins_by_an_invitation_calls_and_is_called()
    {
        var inviter = await _hosts.StartAsync(Here);
        var joiner = await _hosts.StartAsync(There);

        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);
        await joiner.JoinAsync(invitation.Text, cancellationToken: Cancelled);

        await invitation.Ended.WaitAsync(Cancelled);
        Assert.Equal(Here, inviter.Host);
        Assert.Equal(There, joiner.Host);
        Assert.NotNull(inviter.Info.KeyGeneration);
        Assert.Equal(inviter.Info.KeyGeneration, joiner.Info.KeyGeneration);
        Assert.Equal(5, await joiner.GetPeer(inviter.Id).InvokeAsync<int>("add", [2, 3], Cancelled));
        Assert.Equal(7, await inviter.GetPeer(joiner.Id).InvokeAsync<int>("add", [3, 4], Cancelled));
    }

    [Fact]
    public async Task A_peer_that_joined_before_its_start_listens_from_its_start_on()
    {
        var inviter = await _hosts.StartAsync(Here);
        var joiner = _hosts.Make(There);

        await joiner.JoinAsync((await inviter.InviteAsync(cancellationToken: Cancelled)).Text, cancellationToken: Cancelled);
        await joiner.StartAsync(Cancelled);

        Assert.Equal(5, await inviter.GetPeer(Hosts.AddressOf(joiner, There)).InvokeAsync<int>("add", [2, 3], Cancelled));
    }

    [Fact]
    public async Task Peers_that_were_linked_before_learn_the_address_of_who_invites()
    {
        var inviter = await _hosts.StartAsync(Here);
        var neighbour = await _hosts.StartAsync(Here);
        Assert.Equal(5, await neighbour.GetPeer(inviter.Id).InvokeAsync<int>("add", [2, 3], Cancelled));

        _ = await inviter.InviteAsync(cancellationToken: Cancelled);

        Assert.Equal(Here, inviter.Host);
        Assert.Equal(7, await neighbour.GetPeer(new PeerId("127.0.0.1", inviter.Port)).InvokeAsync<int>("add", [3, 4], Cancelled));
    }

    [Fact]
    public async Task An_invitation_is_good_for_as_many_as_it_says()
    {
        var inviter = await _hosts.StartAsync(Here);
        var invitation = await inviter.InviteAsync(uses: 2, cancellationToken: Cancelled);

        await _hosts.Make(There).JoinAsync(invitation.Text, cancellationToken: Cancelled);
        await _hosts.Make("127.0.0.5").JoinAsync(invitation.Text, cancellationToken: Cancelled);
        var late = await FaultAsync("127.0.0.6", invitation.Text);

        Assert.Equal(InvitationFault.Used, late.Fault);
        Assert.Contains("used already", late.Message, StringComparison.Ordinal);
        Assert.Null(new KeyFile(_hosts.KeyFileOf("127.0.0.6"), TimeProvider.System).Read());
        await _hosts.Log.WaitForAsync(entry => entry.EventId.Name == "JoinRefused", Cancelled);
    }

    [Fact]
    public async Task An_invitation_that_is_withdrawn_lets_nobody_join()
    {
        var inviter = await _hosts.StartAsync(Here);
        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);

        invitation.Withdraw();

        Assert.Equal(InvitationFault.Used, (await FaultAsync(There, invitation.Text)).Fault);
    }

    [Fact]
    public async Task A_wrong_invitation_says_that_it_is_wrong()
    {
        var inviter = await _hosts.StartAsync(Here);
        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);
        Assert.True(InvitationText.TryRead(invitation.Text, out var text));

        var wrong = await FaultAsync(There, (text with { Secret = new byte[InvitationText.SecretSize] }).Write());

        Assert.Equal(InvitationFault.Unknown, wrong.Fault);
        Assert.Equal(1, invitation.UsesLeft);
    }

    [Fact]
    public void An_expired_invitation_says_that_it_has_expired()
    {
        var time = new ManualTimeProvider();
        var book = new InvitationBook(time);
        var invitation = book.Add(new byte[32], [new IPEndPoint(IPAddress.Loopback, 3010)], uses: 1, TimeSpan.FromMinutes(30));
        Assert.True(InvitationText.TryRead(invitation.Text, out var text));

        time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(InvitationFault.Expired, book.Use(text.Secret));
        Assert.Equal(InvitationFault.Unknown, book.Use(new byte[InvitationText.SecretSize]));
    }

    [Fact]
    public async Task Who_answers_in_the_place_of_the_inviter_is_told_nothing()
    {
        var inviter = await _hosts.StartAsync(Here);
        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);
        Assert.True(InvitationText.TryRead(invitation.Text, out var text));
        using var impostor = TlsPeers.Transport(TlsPeers.SharedRing(), _hosts.Log).Listen(TlsPeers.AnyPort("127.0.0.4"));

        var failure = await FaultAsync(
            There, (text with { EndPoints = [new IPEndPoint(IPAddress.Parse("127.0.0.4"), impostor.Address.Port)] }).Write());

        Assert.Equal(InvitationFault.NotTheInviter, failure.Fault);
        Assert.Equal(1, invitation.UsesLeft);
    }

    [Fact]
    public async Task An_invitation_to_where_nobody_is_can_be_tried_again()
    {
        var inviter = await _hosts.StartAsync(Here);
        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);
        await inviter.StopAsync(Cancelled);

        Assert.Equal(InvitationFault.Unreachable, (await FaultAsync(There, invitation.Text)).Fault);
    }

    [Fact]
    public async Task Guessing_is_logged_and_bars_the_address()
    {
        var inviter = await _hosts.StartAsync(Here, options => options.MaxFailuresPerMinute = 3);
        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);
        Assert.True(InvitationText.TryRead(invitation.Text, out var text));
        var guess = (text with { Secret = new byte[InvitationText.SecretSize] }).Write();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(InvitationFault.Unknown, (await FaultAsync(There, guess)).Fault);
        }

        Assert.Equal(InvitationFault.Unreachable, (await FaultAsync(There, invitation.Text)).Fault);
        var refused = 0;
        _ = await _hosts.Log.WaitForAsync(entry => entry.EventId.Name == "JoinRefused" && ++refused == 3, Cancelled);
    }

    [Fact]
    public async Task Who_comes_to_join_is_never_taken_for_a_member()
    {
        var inviter = await _hosts.StartAsync(Here);
        Assert.True(InvitationText.TryRead((await inviter.InviteAsync(cancellationToken: Cancelled)).Text, out var text));
        using var stranger = await TlsPeers.Transport(ring: null).ConnectToInviterAsync(
            new TransportAddress(TlsTransport.TransportName, Here, inviter.Port), text.Fingerprint, Cancelled);

        // As a dialler that has been let in would.
        var hello = "AppNet/2"u8.ToArray();
        await stranger.SendAsync([hello, new byte[64]], Cancelled);

        var failure = await Record.ExceptionAsync(async () => Assert.Equal(0, await stranger.ReceiveAsync(new byte[1], Cancelled)));
        Assert.True(failure is null or IOException, $"Ended with {failure}.");
        await _hosts.Log.WaitForAsync(entry => entry.Message.Contains("no invitation either", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task A_key_that_others_have_is_given_up_only_when_that_is_said()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), There);
        var inviter = await _hosts.StartAsync(Here);
        var invitation = await inviter.InviteAsync(cancellationToken: Cancelled);
        var joiner = _hosts.Make(There);

        await Assert.ThrowsAsync<InvalidOperationException>(() => joiner.JoinAsync(invitation.Text, cancellationToken: Cancelled));
        Assert.Equal(1, invitation.UsesLeft);
        await joiner.JoinAsync(invitation.Text, replaceKey: true, Cancelled);

        Assert.Equal(
            new KeyFile(_hosts.KeyFileOf(Here), TimeProvider.System).Read(), new KeyFile(_hosts.KeyFileOf(There), TimeProvider.System).Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("appnet-")]
    [InlineData("appnet-AAAA")]
    [InlineData("hello")]
    public async Task What_is_no_invitation_is_refused_at_once(string line) =>
        await Assert.ThrowsAsync<FormatException>(() => _hosts.Make(There).JoinAsync(line, cancellationToken: Cancelled));

    [Fact]
    public void An_invitation_with_a_slip_of_the_pen_is_noticed()
    {
        var text = new InvitationText(new byte[16], new byte[32], [new IPEndPoint(IPAddress.Parse("192.168.1.5"), 3010)]);
        var line = text.Write();

        Assert.True(InvitationText.TryRead($" {line}\n", out var read));
        Assert.Equal(text.EndPoints, read.EndPoints);
        for (var i = "appnet-".Length; i < line.Length; i++)
        {
            var slipped = line.ToCharArray();
            slipped[i] = slipped[i] == 'A' ? 'B' : 'A';
            Assert.False(InvitationText.TryRead(slipped, out _), $"The slip at {i} was not noticed.");
        }
    }

    [Fact]
    public async Task A_rotated_key_reaches_those_that_are_linked_and_the_others_at_their_next_link()
    {
        await _hosts.ShareAsync(TlsPeers.SharedRing(), Here, There, "127.0.0.5");
        var first = await _hosts.StartAsync(Here);
        var second = await _hosts.StartAsync(There);
        var third = await _hosts.StartAsync("127.0.0.5");
        Assert.Equal(5, await first.GetPeer(second.Id).InvokeAsync<int>("add", [2, 3], Cancelled));
        var before = first.Info.KeyGeneration;

        await first.RotateKeyAsync(Cancelled);

        await UntilAsync(() => second.Info.KeyGeneration == first.Info.KeyGeneration);
        Assert.NotEqual(before, first.Info.KeyGeneration);
        Assert.Equal(before, third.Info.KeyGeneration);
        Assert.Equal(5, await third.GetPeer(first.Id).InvokeAsync<int>("add", [2, 3], Cancelled));
        await UntilAsync(() => third.Info.KeyGeneration == first.Info.KeyGeneration);
        Assert.Equal(5, await second.GetPeer(first.Id).InvokeAsync<int>("add", [2, 3], Cancelled));
        Assert.Equal(
            new KeyFile(_hosts.KeyFileOf(Here), TimeProvider.System).Read(), new KeyFile(_hosts.KeyFileOf(There), TimeProvider.System).Read());
    }

    [Fact]
    public async Task Secrets_show_in_no_log_and_no_error()
    {
        var inviter = await _hosts.StartAsync(Here);
        var joiner = await _hosts.StartAsync(There);
        var invitation = await inviter.InviteAsync(uses: 1, cancellationToken: Cancelled);
        var errors = new List<string>();
        await joiner.JoinAsync(invitation.Text, cancellationToken: Cancelled);
        Assert.Equal(5, await joiner.GetPeer(inviter.Id).InvokeAsync<int>("add", [2, 3], Cancelled));
        errors.Add((await FaultAsync("127.0.0.5", invitation.Text)).ToString());
        await inviter.RotateKeyAsync(Cancelled);
        await UntilAsync(() => joiner.Info.KeyGeneration == inviter.Info.KeyGeneration);
        await _hosts.ShareAsync(TlsPeers.SharedRing(), "127.0.0.5");
        var stranger = await _hosts.StartAsync("127.0.0.5");
        errors.Add((await Assert.ThrowsAsync<NetException>(
            () => stranger.GetPeer(inviter.Id).InvokeAsync<int>("add", [2, 3], Cancelled))).ToString());

        Assert.True(InvitationText.TryRead(invitation.Text, out var text));
        var shown = $"{_hosts.Log}\n{string.Join('\n', errors)}\n{invitation}\n{text}\n{inviter.Info}\n{joiner.Info}";
        var secrets = new[] { Here, There, "127.0.0.5" }
            .SelectMany(host => new KeyFile(_hosts.KeyFileOf(host), TimeProvider.System).Read()!.Keys).Select(key => key.Reveal())
            .Append(text.Secret);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(Convert.ToHexString(secret), shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(secret).TrimEnd('='), shown, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(invitation.Text, shown, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!isSo())
        {
            _ = await timer.WaitForNextTickAsync(Cancelled);
        }
    }

    private async Task<InvitationException> FaultAsync(string host, string line) =>
        await Assert.ThrowsAsync<InvitationException>(() => _hosts.Make(host).JoinAsync(line, cancellationToken: Cancelled));
}
