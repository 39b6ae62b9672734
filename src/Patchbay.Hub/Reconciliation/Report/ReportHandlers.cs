using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>Shows the report, and says who looks after its rows.</summary>
public sealed class ReportHandlers(
    Database database, ReportReader reader, PaymentHandlers payments, PayoutHandlers payouts, TimeProvider time)
{
    private const int MaxAssignee = 100;

    internal async Task<Result<ReportView, Error>> ReadAsync(
        Caller caller, ReportQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(caller.Tenant, caller.Mode, query, cancellationToken);
        if (!read.IsSuccess)
            return read.Error;
        var now = time.GetUtcNow();
        var rows = read.Value.Where(row => row.Id.Value < page.Before).OrderByDescending(row => row.Id.Value).Take(page.Limit + 1).ToList();
        var shown = Page<ReportRow>.Of(rows, page.Limit, row => row.Id.Value);
        var assignees = await AssigneesAsync(caller.Tenant, shown.Data, cancellationToken);
        return new ReportView(
            query.From, query.To, ReportSummaryView.Of(read.Value, now),
            [.. shown.Data.Select(row => ReportRowView.Of(row, assignees.GetValueOrDefault(row.Id), now))], shown.NextCursor,
            shown.HasMore);
    }

    public async Task<Result<Operation, Error>> AssignAsync(
        Caller caller, ReportRowId id, AssignRowRequest request, CancellationToken cancellationToken)
    {
        if (id.Parts is not var (_, subject, of) || await ModeOfAsync(caller.Tenant, subject, of, cancellationToken) is not { } mode)
            return Error.NotFound("row");
        if (caller.RefusalIn(mode) is { } refusal)
            return refusal;
        var faults = new Faults();
        faults.OptionalText(request.Assignee, "assignee", MaxAssignee);
        faults.Require(request.Assignee is null || request.Assignee.Trim().Length > 0, "assignee", "must not be blank; null is nobody");
        return faults.Any
            ? faults.ToError()
            : new Operation(new AssignRow(new RowAssigneeKey(caller.Tenant, id), request.Assignee, caller.Actor, time.GetUtcNow()));
    }

    /// <summary>Null when there is nothing that the row could be about.</summary>
    private async Task<IntegrationMode?> ModeOfAsync(
        TenantId tenant, ReportSubject subject, Guid id, CancellationToken cancellationToken) => subject switch
        {
            ReportSubject.Payment => (await payments.FindAsync(tenant, PaymentId.From(id), cancellationToken))?.Mode,
            ReportSubject.Refund => (await payments.FindRefundAsync(tenant, RefundId.From(id), cancellationToken))?.Mode,
            ReportSubject.Payout => (await payouts.FindAsync(tenant, PayoutId.From(id), cancellationToken))?.Mode,
            _ => (await database.FindAsync(
                StatementEntryTable.Instance, new StatementEntryKey(tenant, StatementEntryId.From(id)), cancellationToken))?.Mode,
        };

    private async Task<Dictionary<ReportRowId, string?>> AssigneesAsync(
        TenantId tenant, IReadOnlyList<ReportRow> rows, CancellationToken cancellationToken)
    {
        var where = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant)
            .In("row_id", "row", [.. rows.Select(row => row.Id.Value)]).With("limit", rows.Count);
        var known = await database.QueryAsync(
            $"SELECT * FROM statement_assignees WHERE {where.Where} LIMIT @limit", where.Parameters, RowAssigneeTable.Instance.Read,
            cancellationToken);
        return known.ToDictionary(one => one.Key.Row, one => one.Assignee);
    }

    private sealed class AssignRow(RowAssigneeKey key, string? assignee, string actor, DateTimeOffset now)
        : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(
            AuditHeadTable.Instance, key.Tenant, (more, _) => more.Row(RowAssigneeTable.Instance, key));

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            var row = new RowAssignee(key, assignee, now);
            if (rows.Find(RowAssigneeTable.Instance, key) is null)
                rows.Insert(RowAssigneeTable.Instance, row);
            else
                rows.Update(RowAssigneeTable.Instance, row);
            AuditLog.Write(rows, key.Tenant, actor, "reconciliation_row.assign", key.Row.ToString(), new { assignee }, now);
            return Reply.Ok(new RowAssigneeView(key.Row, assignee));
        }
    }
}
