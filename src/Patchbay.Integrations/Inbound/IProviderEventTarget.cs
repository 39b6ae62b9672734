using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>A feature that takes what providers report about its subjects: payments, refunds, messages.</summary>
public interface IProviderEventTarget
{
    bool Handles(ProviderEvent providerEvent);

    /// <summary>Finds the subject by the hub's id or the provider's. Null: not known (yet).</summary>
    Task<ISubjectUpdate?> FindAsync(Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken);
}

/// <summary>A reported fact on its way into its subject.</summary>
public interface ISubjectUpdate
{
    /// <summary>TypeID of the subject; null when it is about none of ours.</summary>
    string? Subject { get; }

    /// <summary>Names the rows that <see cref="Apply"/> reads. Pure.</summary>
    void Need(LedgerNeeds needs);

    /// <summary>
    /// Joins the fact to the subject and writes the events of what changed; a fact that is known or older changes nothing. Pure.
    /// </summary>
    void Apply(LedgerRows rows, DateTimeOffset now);
}
