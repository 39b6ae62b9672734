using System.Buffers.Binary;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

public readonly record struct ImportRefusalKey(TenantId Tenant, JobId Import, int Line);

/// <summary>A row of a file that was not registered.</summary>
public sealed record ImportRefusal(ImportRefusalKey Key, string? AffiliateLeadId, string Reason)
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

/// <summary>The rows of <c>affiliate_import_refusals</c>. Only ever inserted.</summary>
internal sealed class ImportRefusalTable : Table<ImportRefusalKey, ImportRefusal>
{
    public static readonly ImportRefusalTable Instance = new();

    private ImportRefusalTable()
        : base("affiliate_import_refusals", refusal => refusal.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("import_id", key => key.Import.Value);
        Key("line", key => key.Line);
        Fixed("affiliate_lead_id", refusal => refusal.AffiliateLeadId);
        Fixed("reason", refusal => refusal.Reason);
    }

    public override ImportRefusal Read(Row row) => new(
        new ImportRefusalKey(row.Id<TenantId>("tenant_id"), row.Id<JobId>("import_id"), row.Int("line")), row.FindText("affiliate_lead_id"), row.Text("reason"));
}

/// <summary>A row that was not registered, as the API shows it.</summary>
/// <param name="Line">Where it begins in the file, from 1; the header is line 1.</param>
/// <param name="AffiliateLeadId">As far as it could be read; else null.</param>
/// <param name="Reason">For people.</param>
public sealed record ImportRefusalView(int Line, string? AffiliateLeadId, string Reason)
{
    public static ImportRefusalView From(ImportRefusal refusal) => new(refusal.Key.Line, refusal.AffiliateLeadId, refusal.Reason);
}
