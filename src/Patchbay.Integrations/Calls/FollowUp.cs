using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Events;
using Patchbay.Platform.Jobs;
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
/// <param name="due">The column with the time of the next question: see <see cref="DueRows{TKey, TRow}"/>.</param>
public abstract class FollowUp<TKey, TSubject>(
    Table<TKey, TSubject> table, string due, FollowUpSchedule schedule, FollowUpServices hub) : IFollowUp
    where TKey : struct, IEquatable<TKey>
    where TSubject : class
{
    private readonly DueRows<TKey, TSubject> _due = new(table, due, hub.Database, hub.Time) { Batch = 200 };

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(async (subject, stop) =>
    {
        var now = hub.Time.GetUtcNow();
        var placement = await AskAsync(subject, stop);
        var question = await hub.Engine.PlaceAsync(placement.New(hub.Ids, now), stop);
        if (await hub.Ledger.CommitAsync(new AskAgain(table, schedule, this, subject, question, now), stop))
            hub.Engine.Start(question);
    }, cancellationToken);

    protected abstract FollowedRow Read(TSubject subject);

    /// <summary>The subject, asked about once more.</summary>
    /// <param name="next">When to ask again; null: no more.</param>
    protected abstract TSubject Asked(TSubject subject, DateTimeOffset? next);

    /// <summary>The delivery that asks.</summary>
    protected abstract ValueTask<Placement> AskAsync(TSubject subject, CancellationToken cancellationToken);

    /// <summary>What a person is told of what is still open when it is asked about no more.</summary>
    protected abstract Alert GivenUp(string id);

    /// <summary>Writes the event that a person is to look at it.</summary>
    private void GiveUp(LedgerRows rows, FollowedRow row, DateTimeOffset now) =>
        hub.Events.Publish(rows, row.Tenant, Alert.Raised, row.Id, GivenUp(row.Id), now);

    private sealed class AskAgain(
        Table<TKey, TSubject> table, FollowUpSchedule schedule, FollowUp<TKey, TSubject> of, TSubject seen, Delivery question,
        DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(table, table.KeyOf(seen));

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(table, table.KeyOf(seen)) is not { } subject)
                return false;
            var row = of.Read(subject);
            if (row.AskAt != of.Read(seen).AskAt)
                return false;   // another node was first, or it is settled
            var next = row.IsOpen ? schedule.Next(row.CreatedAt, row.Asked + 1, now) : null;
            rows.Update(table, of.Asked(subject, next));
            if (row.IsOpen && next is null)
                of.GiveUp(rows, row, now);
            if (!row.IsOpen || !row.IsKnown)
                return false;   // when it is not known, its first call has not succeeded yet
            rows.Insert(DeliveryTable.Instance, question);
            return true;
        }
    }
}
