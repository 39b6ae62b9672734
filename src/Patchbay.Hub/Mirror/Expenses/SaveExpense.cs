using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Expenses;

/// <summary>Writes one expense.</summary>
/// <param name="keep">What is not given stays as it is.</param>
internal sealed class SaveExpense(
    MirrorTarget<ExpenseKey> target, ExpenseInput input, bool keep, EventLog events, Caller caller, DateTimeOffset now)
    : MirrorWork<ExpenseKey, Expense>(ExpenseTable.Instance, target, "expense")
{
    protected override Result<Reply, Error> Write(LedgerRows rows, Expense? before)
    {
        if (caller.RefusalIn(before?.Mode) is { } refusal)
            return refusal;
        var known = before ?? new Expense
        {
            TenantId = caller.Tenant, Id = Target.Key.Id, Mode = caller.Mode, ExternalId = Target.Name!.Value.ExternalId,
            Supplier = input.Request.Supplier!, Total = input.Total!.Value, IncurredAt = input.Request.IncurredAt!.Value, CreatedAt = now,
            UpdatedAt = now,
        };
        var after = input.Apply(known, keep) with { UpdatedAt = now };
        var view = ExpenseView.Of(after);
        if (before is null)
            rows.Insert(ExpenseTable.Instance, after);
        else
            rows.Update(ExpenseTable.Instance, after);
        AuditLog.Write(
            rows, after.TenantId, caller.Actor, before is null ? "expense.create" : "expense.update", after.Id.ToString(),
            new { fields = GivenFields.Of(input.Request), total = view.Total }, now);
        events.Publish(
            rows, after.TenantId, before is null ? ExpenseEvents.Created : ExpenseEvents.Updated, after.Id.ToString(), view, now);
        return before is null ? Reply.Created(view, $"/api/v1/expenses/{after.Id}") : Reply.Ok(view);
    }
}
