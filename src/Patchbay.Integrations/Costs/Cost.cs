using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Costs;

public readonly record struct CostKey(TenantId Tenant, CostId Id);

/// <summary>What a provider charges for something that it did for a subject.</summary>
[LedgerTable("costs")]
public sealed partial record Cost
{
    private const long Micro = 1_000_000;

    /// <summary>What nobody charges for one thing; below, all sums fit.</summary>
    private const decimal Absurd = 1_000_000_000;

    [Key] public required TenantId TenantId { get; init; }

    [Key] public required CostId Id { get; init; }

    /// <summary>Whose account is charged.</summary>
    [Fixed] public required IntegrationId IntegrationId { get; init; }

    /// <summary>TypeID of what it was done for.</summary>
    [Fixed] public required string SubjectId { get; init; }

    [Fixed] public required string Kind { get; init; }

    [Fixed] public required string ProviderReference { get; init; }

    /// <summary>In millionths of the major unit.</summary>
    public required long Micros { get; init; }

    public required string Currency { get; init; }

    /// <summary>When it was last told otherwise.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public decimal Amount => (decimal)Micros / Micro;

    public CostKey Key => new(TenantId, Id);

    /// <summary>What an answer or a report tells; lines of nothing, and of more than anything costs, are none.</summary>
    /// <param name="subject">TypeID.</param>
    public static IEnumerable<Cost> Told(
        ITellCosts told, TenantId tenant, IntegrationId integration, string subject, DateTimeOffset now) => told.Costs
        .Where(line => line.Amount is not 0 and > -Absurd and < Absurd)
        .Select(line => new Cost
        {
            TenantId = tenant, Id = CostId.Of(subject, integration, told.ProviderReference, line.Kind), IntegrationId = integration,
            SubjectId = subject, Kind = line.Kind, ProviderReference = told.ProviderReference,
            Micros = (long)decimal.Round(line.Amount * Micro), Currency = line.Currency.Code, UpdatedAt = now,
        })
        .Where(cost => cost.Micros != 0)
        .DistinctBy(cost => cost.Id);
}
