using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Patchbay.TestKit;

/// <summary>
/// Ports for processes, below those that the system gives out by itself: no hub or connection beside gets one between its choice and its
/// use.
/// </summary>
public static class Ports
{
    private const int First = 15_000;
    private const int Last = 32_000;

    public static int Free()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(First, Last));
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
