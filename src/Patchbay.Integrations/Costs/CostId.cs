using System.Security.Cryptography;
using System.Text;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Costs;

/// <summary>Names a cost.</summary>
[TypedId("cst")]
public readonly partial record struct CostId : ITypedId<CostId>
{
    /// <summary>
    /// The same for the same line whenever it is told, and sorted with its subject: the time in the subject's id, then a hash of what the
    /// line is of.
    /// </summary>
    public static CostId Of(string subject, IntegrationId integration, string reference, string kind)
    {
        if (!TypeId.TryParse(subject, out var id))
            throw new ArgumentException("A subject is named by its TypeID.", nameof(subject));
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\n{integration}\n{kind}\n{reference}"), hash);
        hash[..10].CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new CostId(new Guid(bytes, bigEndian: true));
    }
}
