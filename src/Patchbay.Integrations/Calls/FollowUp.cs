using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Integrations.Calls;

/// <summary>Asks providers, in rounds, about what stays open with them.</summary>
public interface IFollowUp
{
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>What every follow-up uses of the hub, in one piece.</summary>
public sealed record FollowUpServices(
    Database Database, Ledger Ledger, DeliveryEngine Engine, EventLog Events, IdGenerator Ids, TimeProvider Time);

/// <summary>How a row stands with its provider.</summary>
/// <param name="Id">TypeID.</param>
/// <param name="IsOpen">The provider knows more than we do.</param>
/// <param name="IsKnown">The provider has a reference for it, by which it can be asked.</param>
/// <param name="AskAt">When it is due; null when it is not asked about.</param>
/// <param name="Asked">How often it was asked about.</param>
public readonly record struct FollowedRow(
    TenantId Tenant, string Id, bool IsOpen, bool IsKnown, DateTimeOffset CreatedAt, DateTimeOffset? AskAt, int Asked);

/// <summary>
/// Asks providers about the rows of one table that stay open, in case a webhook was lost. Any node may do it; a row is due once.
/// </summary>
public abstract class FollowUp<TKey, TSubject>(Table<TKey, TSubject> table, FollowUpSchedule schedule, FollowUpServices hub) : IFollowUp
    where TKey : struct, IEquatable<TKey>
    where TSubject : class
{
    private const int Step = 200;

    /// <summary>
    /// Selects what is due <c>@now</c>, earliest first, <c>@limit</c> at most: the columns of the table, and <c>integration_id</c>.
    /// </summary>
    protected abstract string Due { get; }

    private Table<TKey, TSubject> Table => table;

    private FollowUpSchedule Schedule => schedule;

    private EventLog Events => hub.Events;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = hub.Time.GetUtcNow();
        var due = await hub.Database.QueryAsync(
            Due, new { now, limit = Step }, row => (table.Read(row), row.Id<IntegrationId>("integration_id")), cancellationToken);
        foreach (var (subject, at) in due)
        {
            var question = await hub.Engine.PlaceAsync(Ask(subject, at).New(hub.Ids, now), cancellationToken);
            if (await hub.Ledger.CommitAsync(new AskAgain(this, subject, question, now), cancellationToken))
                hub.Engine.Start(question);
        }
    }

    protected abstract FollowedRow Read(TSubject subject);

    /// <summary>The subject, asked about once more.</summary>
    /// <param name="next">When to ask again; null: no more.</param>
    protected abstract TSubject Asked(TSubject subject, DateTimeOffset? next);

    /// <summary>The delivery that asks.</summary>
    protected abstract Placement Ask(TSubject subject, IntegrationId at);

    /// <summary>What a person is told of what is still open when it is asked about no more.</summary>
    protected abstract Alert GivenUp(string id);

    private sealed class AskAgain(FollowUp<TKey, TSubject> of, TSubject seen, Delivery question, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(of.Table, of.Table.KeyOf(seen));

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(of.Table, of.Table.KeyOf(seen)) is not { } subject)
                return false;
            var row = of.Read(subject);
            if (row.AskAt != of.Read(seen).AskAt)
                return false;   // another node was first, or it is settled
            var next = row.IsOpen ? of.Schedule.Next(row.CreatedAt, row.Asked + 1, now) : null;
            rows.Update(of.Table, of.Asked(subject, next));
            if (row.IsOpen && next is null)
                of.Events.Publish(rows, row.Tenant, Alert.Raised, row.Id, of.GivenUp(row.Id), now);
            if (!row.IsOpen || !row.IsKnown)
                return false;   // when it is not known, its first call has not succeeded yet
            rows.Insert(DeliveryTable.Instance, question);
            return true;
        }
    }
}
