using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

public readonly record struct RefundKey(TenantId Tenant, RefundId Id);

/// <summary>A refund of a payment, in part or in full.</summary>
public sealed record Refund
{
    public required TenantId TenantId { get; init; }

    public required RefundId Id { get; init; }

    public required PaymentId PaymentId { get; init; }

    public required Money Amount { get; init; }

    public string? Reason { get; init; }

    public RefundStatus Status { get; init; }

    public string? ProviderReference { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>When the provider is asked about it next; null when that is not needed.</summary>
    public DateTimeOffset? VerifyAt { get; init; }

    public int Verifications { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public RefundKey Key => new(TenantId, Id);
}

/// <summary>The rows of <c>refunds</c>.</summary>
public sealed class RefundTable : Table<RefundKey, Refund>
{
    public static readonly RefundTable Instance = new();

    private RefundTable()
        : base("refunds", refund => refund.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("payment_id", refund => refund.PaymentId.Value);
        Fixed("amount", refund => refund.Amount.MinorUnits);
        Fixed("currency", refund => refund.Amount.Currency.Code);
        Fixed("reason", refund => refund.Reason);
        Fixed("created_at", refund => refund.CreatedAt);
        Mutable("status", refund => refund.Status.ToWord());
        Mutable("provider_reference", refund => refund.ProviderReference);
        Mutable("failure_code", refund => refund.FailureCode);
        Mutable("failure_message", refund => refund.FailureMessage);
        Mutable("verify_at", refund => refund.VerifyAt);
        Mutable("verifications", refund => refund.Verifications);
        Mutable("updated_at", refund => refund.UpdatedAt);
    }

    public override Refund Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<RefundId>("id"),
        PaymentId = row.Id<PaymentId>("payment_id"),
        Amount = new Money(row.Long("amount"), Currency.Parse(row.Text("currency"))),
        Reason = row.FindText("reason"),
        CreatedAt = row.Time("created_at"),
        Status = Words.Parse<RefundStatus>(row.Text("status")),
        ProviderReference = row.FindText("provider_reference"),
        FailureCode = row.FindText("failure_code"),
        FailureMessage = row.FindText("failure_message"),
        VerifyAt = row.FindTime("verify_at"),
        Verifications = row.Int("verifications"),
        UpdatedAt = row.Time("updated_at"),
    };
}
