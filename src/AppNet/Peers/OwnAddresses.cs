using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace AppNet.Peers;

/// <summary>The addresses of this host, as a network sees it.</summary>
internal static class OwnAddresses
{
    /// <summary>
    /// Names the addresses on which other hosts can reach this one: those of interfaces that lead to a gateway first, as others are told
    /// the first one. Loopback and those that only count on one cable (link-local) are left out.
    /// </summary>
    /// <returns>The addresses; none where the host is alone.</returns>
    public static IReadOnlyList<IPAddress> Find()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
                        && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                    .Select(network => network.GetIPProperties())
                    .OrderBy(properties => properties.GatewayAddresses.Count == 0)
                    .SelectMany(properties => properties.UnicastAddresses)
                    .Select(unicast => unicast.Address)
                    .Where(address => !IPAddress.IsLoopback(address) && !IsLinkLocal(address))
                    .OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork)
                    .Distinct(),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6
            ? address.IsIPv6LinkLocal || address.IsIPv6Multicast
            : address.GetAddressBytes() is [169, 254, ..];
}
