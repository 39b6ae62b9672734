using System.Buffers.Binary;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

public readonly record struct ImportRefusalKey(TenantId Tenant, JobId Import, int Line);

/// <summary>A row of a file that was not registered.</summary>
[LedgerTable("affiliate_import_refusals", OnlyInserted = true)]
public sealed partial record ImportRefusal(
    [Key, Column("tenant_id", "import_id", "line")] ImportRefusalKey Key, string? AffiliateLeadId, string Reason)
{
    /// <summary>Where a page ends, in the form of a cursor.</summary>
    public Guid Cursor
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes.Clear();
            BinaryPrimitives.WriteInt32BigEndian(bytes, Key.Line);
            return new Guid(bytes, bigEndian: true);
        }
    }

    public static int LineOf(Guid cursor) => BinaryPrimitives.ReadInt32BigEndian(cursor.ToByteArray(bigEndian: true));
}

/// <summary>A row that was not registered, as the API shows it.</summary>
/// <param name="Line">Where it begins in the file, from 1; the header is line 1.</param>
/// <param name="AffiliateLeadId">As far as it could be read; else null.</param>
/// <param name="Reason">For people.</param>
public sealed record ImportRefusalView(int Line, string? AffiliateLeadId, string Reason)
{
    public static ImportRefusalView From(ImportRefusal refusal) => new(refusal.Key.Line, refusal.AffiliateLeadId, refusal.Reason);
}
