using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <param name="Reference">What tells one deposit from another in the tenant: the caller's own, or the id of the payment.</param>
public readonly record struct DepositKey(TenantId Tenant, string Reference);

/// <summary>Money that a lead has paid in.</summary>
public sealed record Deposit
{
    public required DepositKey Key { get; init; }

    public required DepositId Id { get; init; }

    public required LeadKey Lead { get; init; }

    public required Money Amount { get; init; }

    /// <summary>What was refunded or charged back of it, in minor units.</summary>
    public long Reversed { get; init; }

    /// <summary>At which it counts; null: its currency had no rate, and it waits for one without counting.</summary>
    public ExchangeRate? Rate { get; init; }

    /// <summary>What the rate converts to; null as long as it waits.</summary>
    public Currency? ReportingCurrency { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What is left of it.</summary>
    public Money Net => Amount with { MinorUnits = Amount.MinorUnits - Reversed };

    /// <summary>What it adds to the lead's sum; zero as long as it waits.</summary>
    public ExactAmount Counted => Rate is { } rate ? ExactAmount.Of(Net, rate) : ExactAmount.Zero;
}

/// <summary>The rows of <c>affiliate_deposits</c>.</summary>
internal sealed class DepositTable : Table<DepositKey, Deposit>
{
    public static readonly DepositTable Instance = new();

    private DepositTable()
        : base("affiliate_deposits", deposit => deposit.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("reference", key => key.Reference);
        Fixed("id", deposit => deposit.Id.Value);
        Fixed("affiliate_id", deposit => deposit.Lead.AffiliateId);
        Fixed("affiliate_lead_id", deposit => deposit.Lead.AffiliateLeadId);
        Fixed("currency", deposit => deposit.Amount.Currency.Code);
        Fixed("occurred_at", deposit => deposit.OccurredAt);
        Fixed("created_at", deposit => deposit.CreatedAt);
        Mutable("amount", deposit => deposit.Amount.MinorUnits);
        Mutable("reversed", deposit => deposit.Reversed);
        Mutable("rate", deposit => deposit.Rate?.ToString());
        Mutable("reporting_currency", deposit => deposit.ReportingCurrency?.Code);
        Mutable("updated_at", deposit => deposit.UpdatedAt);
    }

    public override Deposit Read(Row row)
    {
        var tenant = row.Id<TenantId>("tenant_id");
        return new Deposit
        {
            Key = new DepositKey(tenant, row.Text("reference")),
            Id = row.Id<DepositId>("id"),
            Lead = new LeadKey(tenant, row.Text("affiliate_id"), row.Text("affiliate_lead_id")),
            Amount = new Money(row.Long("amount"), Currency.Parse(row.Text("currency"))),
            Reversed = row.Long("reversed"),
            Rate = row.FindText("rate") is { } rate ? ExchangeRate.Parse(rate) : null,
            ReportingCurrency = row.FindText("reporting_currency") is { } code ? Currency.Parse(code) : null,
            OccurredAt = row.Time("occurred_at"),
            CreatedAt = row.Time("created_at"),
            UpdatedAt = row.Time("updated_at"),
        };
    }
}
