using System.Text.Json;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Api;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>A row of a file that was found good in form.</summary>
/// <param name="Line">Where it begins in the file.</param>
public sealed record ImportedLead(int Line, LeadId Id, string AffiliateId, string AffiliateLeadId, string? CustomerId, string? Country);

public readonly record struct ImportPackKey(TenantId Tenant, Guid Id);

/// <summary>Some rows of a file, in their order; packs are taken up in the order of their ids.</summary>
public sealed record ImportPack(ImportPackKey Key, JobId Import, IReadOnlyList<ImportedLead> Leads, DateTimeOffset CreatedAt);

/// <summary>The rows of <c>affiliate_import_packs</c>. Only ever inserted.</summary>
internal sealed class ImportPackTable : Table<ImportPackKey, ImportPack>
{
    public static readonly ImportPackTable Instance = new();

    private ImportPackTable()
        : base("affiliate_import_packs", pack => pack.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id);
        Fixed("import_id", pack => pack.Import.Value);
        Fixed("leads", pack => JsonSerializer.Serialize(pack.Leads, HubJson.Stored));
        Fixed("created_at", pack => pack.CreatedAt);
    }

    public override ImportPack Read(Row row) => new(
        new ImportPackKey(row.Id<TenantId>("tenant_id"), row.Guid("id")), row.Id<JobId>("import_id"),
        JsonSerializer.Deserialize<IReadOnlyList<ImportedLead>>(row.Text("leads"), HubJson.Stored)!, row.Time("created_at"));
}
