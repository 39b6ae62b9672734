using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <param name="Reference">What tells one deposit from another in the tenant: the caller's own, or the id of the payment.</param>
public readonly record struct DepositKey(TenantId Tenant, string Reference);

/// <summary>Money that a lead has paid in.</summary>
[LedgerTable("affiliate_deposits")]
public sealed partial record Deposit
{
    [Key] public required DepositKey Key { get; init; }

    [Fixed] public required DepositId Id { get; init; }

    [Fixed] public required LeadKey Lead { get; init; }

    [Fixed, Column("currency")] public string CurrencyCode => Amount.Currency.Code;

    [Fixed] public required DateTimeOffset OccurredAt { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    [Column("amount", "currency")] public required Money Amount { get; init; }

    /// <summary>What was refunded or charged back of it, in minor units.</summary>
    public long Reversed { get; init; }

    /// <summary>At which it counts; null: its currency had no rate, and it waits for one without counting.</summary>
    public ExchangeRate? Rate { get; init; }

    /// <summary>What the rate converts to; null as long as it waits.</summary>
    public Currency? ReportingCurrency { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What is left of it.</summary>
    public Money Net => Amount with { MinorUnits = Amount.MinorUnits - Reversed };

    /// <summary>What it adds to the lead's sum; zero as long as it waits.</summary>
    public ExactAmount Counted => Rate is { } rate ? ExactAmount.Of(Net, rate) : ExactAmount.Zero;
}
