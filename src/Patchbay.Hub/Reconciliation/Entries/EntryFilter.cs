using Microsoft.AspNetCore.Http;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>What a list of entries is narrowed by; null: by nothing.</summary>
internal sealed record EntryFilter(StatementId? Statement, IntegrationId? Integration, EntryStatus? Status, EntryDirection? Direction)
{
    public static EntryFilter Read(IQueryCollection query, Faults faults) => new(
        Id<StatementId>("statement_id", query, faults), Id<IntegrationId>("integration_id", query, faults),
        faults.Word<EntryStatus>(Given("status", query), "status"), faults.Word<EntryDirection>(Given("direction", query), "direction"));

    private static string? Given(string name, IQueryCollection query) => query.TryGetValue(name, out var text) ? text.ToString() : null;

    private static TId? Id<TId>(string name, IQueryCollection query, Faults faults)
        where TId : struct, ITypedId<TId>
    {
        if (Given(name, query) is not { } text)
            return null;
        faults.Require(TypeId.TryParse<TId>(text, out var id), name, $"is not an id of the form {TId.Prefix}_...");
        return id;
    }
}
