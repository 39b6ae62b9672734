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
[LedgerTable("affiliate_import_packs", OnlyInserted = true)]
public sealed partial record ImportPack(
    [Key] ImportPackKey Key,
    [Column("import_id")] JobId Import,
    [StoredAs<StoredJson<IReadOnlyList<ImportedLead>>>] IReadOnlyList<ImportedLead> Leads,
    DateTimeOffset CreatedAt);
