using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Takes what providers report about the rows of one table: found by the hub's id where the report has it, else by the provider's, among
/// what that integration was given. A provider may only speak of what was given to it.
/// </summary>
/// <typeparam name="TId">Of the subject's ids.</typeparam>
public abstract class ProviderEventTarget<TEvent, TId, TKey, TSubject>(
    Database database, Table<TKey, TSubject> table) : IProviderEventTarget
    where TEvent : ProviderEvent
    where TId : struct, ITypedId<TId>
    where TKey : struct, IEquatable<TKey>
    where TSubject : class
{
    private string? _byId;
    private string? _byReference;

    /// <summary>The column that says which integration a row <c>s</c> was given to, and what has to be joined to <c>s</c> for it.</summary>
    protected virtual (string Column, string Join) GivenTo => ("s.integration_id", "");

    protected Database Database => database;

    protected Table<TKey, TSubject> Table => table;

    public bool Handles(ProviderEvent providerEvent) => providerEvent is TEvent;

    public async Task<ISubjectUpdate?> FindAsync(Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken)
    {
        var reported = (TEvent)providerEvent;
        var found = TypeId.TryParse<TId>(reported.HubReference, out var id)
            ? await database.FindAsync(_byId ??= Select("s.id = @id"), new { tenant = integration.TenantId, id }, Read, cancellationToken)
            : await database.FindAsync(
                _byReference ??= Select($"{GivenTo.Column} = @integration AND s.provider_reference = @reference LIMIT 1"),
                new { tenant = integration.TenantId, integration = integration.Id, reference = reported.ProviderReference ?? "" },
                Read, cancellationToken);
        return found is not { Subject: var subject, GivenTo: var givenTo } ? Unknown(reported)
            : givenTo != integration.Id ? GivenToAnother(subject, reported)
            : await FoundAsync(subject, givenTo, reported, cancellationToken);
    }

    protected abstract TId IdOf(TSubject subject);

    /// <summary>What a report does that is about nothing known (yet); null: it waits.</summary>
    protected virtual ISubjectUpdate? Unknown(TEvent reported) => null;

    /// <summary>What a report does whose subject is with another integration (by now); null: it waits.</summary>
    protected virtual ISubjectUpdate? GivenToAnother(TSubject subject, TEvent reported) => null;

    /// <summary>What a report does whose subject is with the integration that reports; null: it waits.</summary>
    protected abstract ValueTask<ISubjectUpdate?> FoundAsync(
        TSubject subject, IntegrationId givenTo, TEvent reported, CancellationToken cancellationToken);

    private string Select(string condition) =>
        $"SELECT s.*, {GivenTo.Column} AS given_to FROM {table.Name} AS s {GivenTo.Join} WHERE s.tenant_id = @tenant AND {condition}";

    private Candidate Read(Row row) => new(table.Read(row), row.Id<IntegrationId>("given_to"));

    private sealed record Candidate(TSubject Subject, IntegrationId GivenTo);
}
