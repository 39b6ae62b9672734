using System.Buffers.Binary;
using System.Security.Cryptography;
using Patchbay.Engine;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// Which node reads for which endpoint: each node ranks the live nodes by a hash with the endpoint, and the first has it. No node has to be
/// asked.
/// </summary>
internal static class RelayOwners
{
    /// <summary>False also as long as nothing is known about the nodes.</summary>
    public static bool IsMine(WebhookId webhook, NodeId self, IReadOnlyList<NodeId> live)
    {
        if (live.Count <= 1)
            return live.Count == 1 && live[0] == self;
        var owner = live[0];
        var best = ulong.MinValue;
        foreach (var node in live)
        {
            var rank = Rank(webhook, node);
            if (rank >= best)
                (owner, best) = (node, rank);
        }

        return owner == self;
    }

    private static ulong Rank(WebhookId webhook, NodeId node)
    {
        Span<byte> bytes = stackalloc byte[32];
        webhook.Value.TryWriteBytes(bytes);
        node.Value.TryWriteBytes(bytes[16..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
