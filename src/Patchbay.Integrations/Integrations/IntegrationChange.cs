using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>A change of one integration, as a person asked for it.</summary>
/// <param name="Action">As the audit names it, for example <c>integration.update</c>.</param>
internal sealed record IntegrationChange(IntegrationKey Key, string Action, string Actor, DateTimeOffset Now)
{
    /// <summary>The integration as it will be, given how it is: null when it is new. Pure.</summary>
    public required Func<Integration?, LedgerRows, Result<Integration, Error>> To { get; init; }

    /// <summary>For the audit.</summary>
    public object Detail { get; init; } = new { };

    /// <summary>The check that goes with it, placed; null: none.</summary>
    public Delivery? Check { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; init; } = 200;

    public bool IsNew { get; init; }
}

/// <summary>Writes a change, and its check if it needs one.</summary>
internal sealed class IntegrationChangeWork(IntegrationChange change, IntegrationChanges changes, IntegrationViews views)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => IntegrationChanges.Need(needs, change.Key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var before = rows.Find(IntegrationTable.Instance, change.Key);
        if (!change.IsNew && before is not { DeletedAt: null })
            return Error.NotFound("integration");
        var changed = change.To(before, rows);
        if (!changed.IsSuccess)
            return changed.Error;
        changes.Write(rows, before, changed.Value, change.Actor, change.Action, change.Detail, change.Now);
        if (change.Check is not null)
            rows.Insert(DeliveryTable.Instance, change.Check);
        return new Reply(change.Status, views.Of(changed.Value), $"/api/v1/integrations/{change.Key.Id}");
    }
}
