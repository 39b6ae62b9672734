using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Takes reports that carry the facts themselves: they are joined to the row.</summary>
/// <typeparam name="TId">Of the subject's ids.</typeparam>
public abstract class ProviderFactTarget<TEvent, TId, TKey, TSubject>(Database database, Table<TKey, TSubject> table)
    : ProviderEventTarget<TEvent, TId, TKey, TSubject>(database, table)
    where TEvent : ProviderEvent
    where TId : struct, ITypedId<TId>
    where TKey : struct, IEquatable<TKey>
    where TSubject : class
{
    /// <summary>Names the rows that <see cref="Apply"/> reads: the subject's, and what its change writes to. Pure.</summary>
    protected abstract void Need(LedgerNeeds needs, TSubject seen, TEvent reported);

    /// <summary>See <see cref="ISubjectUpdate.Apply"/>.</summary>
    protected abstract void Apply(LedgerRows rows, TSubject subject, TEvent reported, DateTimeOffset now);

    protected override ValueTask<ISubjectUpdate?> FoundAsync(
        TSubject subject, IntegrationId givenTo, TEvent reported, CancellationToken cancellationToken) =>
        new(new Update(this, subject, reported));

    private sealed class Update(ProviderFactTarget<TEvent, TId, TKey, TSubject> target, TSubject seen, TEvent reported) : ISubjectUpdate
    {
        public string Subject => TypeId.Format(TId.Prefix, target.IdOf(seen).Value);

        public void Need(LedgerNeeds needs) => target.Need(needs, seen, reported);

        public void Apply(LedgerRows rows, DateTimeOffset now)
        {
            if (rows.Find(target.Table, target.Table.KeyOf(seen)) is { } subject)
                target.Apply(rows, subject, reported, now);
        }
    }
}
