using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Switches incident mode for several integrations of one provider: all of them or none.</summary>
internal sealed class ProviderIncidentWork(
    IReadOnlyList<IntegrationKey> keys, IntegrationChanges changes, Func<Integration, Integration> change, string actor,
    IncidentRequest request, DateTimeOffset now, IntegrationViews views) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        foreach (var key in keys)
            IntegrationChanges.Need(needs, key);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var shown = new List<IntegrationView>();
        foreach (var key in keys)
        {
            if (rows.Find(IntegrationTable.Instance, key) is not { DeletedAt: null } before)
                continue;
            var after = change(before);
            changes.Write(rows, before, after, actor, "integration.incident",
                new { active = request.Active, request.ReleasePerSecond, before.Provider }, now);
            shown.Add(views.Of(after));
        }

        return shown.Count == 0 ? Error.NotFound("integration of this provider") : Reply.Ok(new Page<IntegrationView>(shown, null, false));
    }
}
