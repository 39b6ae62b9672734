using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Deposits;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>What one node does about leads: with a ledger, a clock and ids of its own on the common database.</summary>
internal sealed class FtdNode : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Ledger _ledger;
    private readonly PaymentChanges _changes;

    public FtdNode(Database database, TimeProvider time)
    {
        _database = database;
        var ids = new IdGenerator(time);
        var log = new EventLog(ids);
        var teller = new LeadTeller(log, ids);
        var deposits = new LeadDeposits(teller, log);
        var book = new AffiliateBook(database);
        _ledger = new Ledger(database, time);
        _changes = new PaymentChanges(
            log, new DisputeChanges(log, ids), new PaymentCompletions(ids), [new PaymentDeposits(deposits, ids)]);
        Leads = new LeadHandlers(database, book, new LeadRegistration(teller), teller, ids, time);
        Deposits = new DepositHandlers(database, deposits, ids, time);
        Ftd = new AffiliateTermsHandlers(database, book, time);
    }

    public LeadHandlers Leads { get; }

    public DepositHandlers Deposits { get; }

    public AffiliateTermsHandlers Ftd { get; }

    /// <summary>As a request would, or as a node that dies once: then everything was decided and nothing committed.</summary>
    public async Task<Reply?> DoAsync(Result<Operation, Error> prepared, bool dies, CancellationToken cancellationToken)
    {
        if (!prepared.IsSuccess)
            return null;
        if (dies)
            await Assert.ThrowsAsync<DiedException>(() => _ledger.CommitAsync(new Dying(prepared.Value.Work), cancellationToken));
        var result = await _ledger.CommitAsync(prepared.Value.Work, cancellationToken);
        return result.IsSuccess ? result.Value : null;
    }

    /// <summary>Null when there is none with this reference.</summary>
    public async Task<Deposit?> FindDepositAsync(TenantId tenant, string reference, CancellationToken cancellationToken)
    {
        var ids = await _database.QueryAsync(
            "SELECT id FROM affiliate_deposits WHERE tenant_id = @tenant AND reference = @reference", new { tenant, reference },
            row => row.Id<DepositId>("id"), cancellationToken);
        return ids is [var id] ? await Deposits.FindAsync(tenant, id, cancellationToken) : null;
    }

    public Task InsertAsync(Payment payment, CancellationToken cancellationToken) =>
        _ledger.CommitAsync(new Insert(payment), cancellationToken);

    /// <summary>A provider says how a payment stands.</summary>
    public Task ReportAsync(PaymentKey payment, PaymentState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        _ledger.CommitAsync(new Report(payment, state, _changes, now), cancellationToken);

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private sealed class DiedException : Exception;

    private sealed class Dying(LedgerWork<Result<Reply, Error>> work) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => work.Need(needs);

        public override bool Decide(LedgerRows rows)
        {
            work.Decide(rows);
            throw new DiedException();
        }
    }

    private sealed class Insert(Payment payment) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            rows.Insert(PaymentTable.Instance, payment);
            return true;
        }
    }

    private sealed class Report(PaymentKey key, PaymentState state, PaymentChanges changes, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => changes.Need(needs, key, state);

        public override bool Decide(LedgerRows rows)
        {
            var payment = rows.Find(PaymentTable.Instance, key)!;
            changes.Write(rows, payment, changes.Join(rows, payment, state, now), "test", "webhook", now);
            return true;
        }
    }
}
