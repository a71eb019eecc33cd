using System.Net.Sockets;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Transport;

public sealed class EpollTests
{
    [Fact]
    public void Waiting_for_a_socket_again_allocates_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has it.");
        var set = Epoll.Create();
        using var owner = new Microsoft.Win32.SafeHandles.SafeFileHandle(set, ownsHandle: true);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var descriptor = (int)socket.Handle;
        Epoll.Arm(set, descriptor, isNew: true, Epoll.Writable, key: 1);

        Assert.Equal(0, Allocations.Least(() => Epoll.Arm(set, descriptor, isNew: false, Epoll.Readable, key: 1)));
    }
}
