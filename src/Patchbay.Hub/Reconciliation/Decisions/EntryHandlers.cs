using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Decisions;

/// <summary>What people decide about entries.</summary>
public sealed class EntryHandlers(
    Database database, MoneySearch<Payment> payments, MoneySearch<Refund> refunds, MoneySearch<Payout> payouts,
    PaymentResolutions resolutions,
    MatchBooks books, TimeProvider time)
{
    private const int MaxReason = 500;

    public async Task<Result<Operation, Error>> MatchAsync(
        Caller caller, StatementEntryId id, MatchEntryRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var (entry, faults) = (found.Value, new Faults());
        var reason = faults.Text(request.Reason, "reason", MaxReason);
        var (field, candidate) = await MeantAsync(entry, request, faults, cancellationToken);
        if (candidate is not null)
        {
            faults.Require(candidate.Direction == entry.Direction, field, $"cannot be what an {entry.Direction.ToWord()} entry stands for");
            faults.Require(
                candidate.Amount.Currency == entry.Amount.Currency, field,
                $"is in {candidate.Amount.Currency.Code}, and the entry in {entry.Amount.Currency.Code}");
        }

        if (faults.Any)
            return faults.ToError();
        if (candidate is null)
            return Error.NotFound(field.Split('_')[0]);
        var isManual = await resolutions.AreManualAsync(caller.Tenant, candidate.IntegrationId, cancellationToken);
        if (Settled.Awaits(candidate, isManual) && (entry.IsReversal || candidate.Amount != entry.Amount))
        {
            return ApiErrors.WrongStatus.With(
                $"The payment waits for {candidate.Amount}; the entry {(entry.IsReversal ? "takes money back" : $"is of {entry.Amount}")}"
                    + ": say what came with POST /api/v1/payments/{id}/resolve first.");
        }

        var isShared = entry is { EntryId: null, BankReference: not null } && await IsSharedAsync(entry, cancellationToken);
        return new Operation(new MatchEntry(
            entry.Key, candidate.Subject, Settled.By(entry, candidate, isManual, isShared), books, caller.Actor, reason,
            time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> UnmatchAsync(
        Caller caller, StatementEntryId id, EntryReasonRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        return found.Then(entry => Reasoned(
            request.Reason, reason => new UnmatchEntry(entry.Key, entry.Subject, caller.Actor, reason, time.GetUtcNow())));
    }

    public async Task<Result<Operation, Error>> IgnoreAsync(
        Caller caller, StatementEntryId id, EntryReasonRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        return found.Then(entry => Reasoned(
            request.Reason, reason => new IgnoreEntry(entry.Key, caller.Actor, reason, time.GetUtcNow())));
    }

    public Task<StatementEntry?> FindAsync(TenantId tenant, StatementEntryId id, CancellationToken cancellationToken) =>
        database.FindAsync(StatementEntryTable.Instance, new StatementEntryKey(tenant, id), cancellationToken);

    /// <summary>Whether the bank's reference of the entry is that of others of its statement.</summary>
    private async Task<bool> IsSharedAsync(StatementEntry entry, CancellationToken cancellationToken)
    {
        var others = await database.QueryAsync(
            """
            SELECT id FROM statement_entries
             WHERE tenant_id = @TenantId AND statement_id = @StatementId AND bank_reference = @BankReference AND id <> @Id LIMIT 1
            """, new { entry.TenantId, entry.StatementId, entry.BankReference, entry.Id }, row => row.Guid("id"), cancellationToken);
        return others.Count > 0;
    }

    private async Task<Result<StatementEntry, Error>> FindAsync(
        Caller caller, StatementEntryId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } entry)
            return Error.NotFound("entry");
        return caller.RefusalIn(entry.Mode) is { } refusal ? refusal : entry;
    }

    private static Result<Operation, Error> Reasoned(string? given, Func<string, EntryWork> work)
    {
        var faults = new Faults();
        var reason = faults.Text(given, "reason", MaxReason);
        return faults.Any ? faults.ToError() : new Operation(work(reason));
    }

    /// <returns>The field that names it, and what is meant; null when nothing is, or there is none.</returns>
    private async Task<(string Field, Candidate? Meant)> MeantAsync(
        StatementEntry entry, MatchEntryRequest request, Faults faults, CancellationToken cancellationToken)
    {
        var given = new[] { ("payment_id", request.PaymentId), ("refund_id", request.RefundId), ("payout_id", request.PayoutId) }
            .Where(one => one.Item2 is not null).ToList();
        if (given is not [var (field, text)])
        {
            faults.Add("payment_id", "is required, or refund_id, or payout_id: one of them");
            return ("payment_id", null);
        }

        var candidate = field switch
        {
            "payment_id" => TypeId.TryParse<PaymentId>(text, out var id)
                && await payments.ByIdsAsync(entry.TenantId, entry.Mode, [id.Value], cancellationToken) is [var payment]
                ? Candidate.Of(payment) : null,
            "refund_id" => TypeId.TryParse<RefundId>(text, out var id)
                && await refunds.ByIdsAsync(entry.TenantId, entry.Mode, [id.Value], cancellationToken) is [var refund]
                ? Candidate.Of(refund) : null,
            _ => TypeId.TryParse<PayoutId>(text, out var id)
                && await payouts.ByIdsAsync(entry.TenantId, entry.Mode, [id.Value], cancellationToken) is [var payout]
                ? Candidate.Of(payout) : null,
        };
        return (field, candidate);
    }
}
