using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>The rows of <c>payments</c>.</summary>
public sealed class PaymentTable : Table<PaymentKey, Payment>
{
    public static readonly PaymentTable Instance = new();

    private PaymentTable()
        : base("payments", payment => payment.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("amount", payment => payment.Amount.MinorUnits);
        Fixed("currency", payment => payment.Amount.Currency.Code);
        Fixed("reference", payment => payment.Reference);
        Fixed("capture", payment => payment.Capture.ToWord());
        Fixed("details", payment => payment.Details);
        Fixed("invoice_id", payment => payment.InvoiceId);
        Fixed("customer_id", payment => payment.CustomerId ?? "");
        Fixed("created_at", payment => payment.CreatedAt);
        Mutable("integration_id", payment => payment.IntegrationId.Value);
        Mutable("status", payment => payment.Status.ToWord());
        Mutable("phase", payment => payment.Facts.Phase.ToWord());
        Mutable("captured", payment => payment.Facts.Captured);
        Mutable("refunded", payment => payment.Facts.Refunded);
        Mutable("dispute", payment => payment.Facts.Dispute.ToWord());
        Mutable("refund_reserved", payment => payment.RefundReserved);
        Mutable("refund_succeeded", payment => payment.RefundSucceeded);
        Mutable("closing_action", payment => payment.ClosingAction);
        Mutable("provider_reference", payment => payment.ProviderReference);
        Mutable("provider_data", payment => payment.ProviderData);
        Mutable("next_action", payment => payment.NextAction);
        Mutable("failure_code", payment => payment.FailureCode);
        Mutable("failure_message", payment => payment.FailureMessage);
        Mutable("verify_at", payment => payment.VerifyAt);
        Mutable("verifications", payment => payment.Verifications);
        Mutable("updated_at", payment => payment.UpdatedAt);
    }

    public override Payment Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<PaymentId>("id"),
        Amount = new Money(row.Long("amount"), Currency.Parse(row.Text("currency"))),
        Reference = row.Text("reference"),
        Capture = Words.Parse<CaptureMethod>(row.Text("capture")),
        Details = row.Text("details"),
        InvoiceId = row.FindText("invoice_id"),
        CustomerId = CustomerOf(row),
        CreatedAt = row.Time("created_at"),
        IntegrationId = row.Id<IntegrationId>("integration_id"),
        Facts = new PaymentFacts(
            Words.Parse<PaymentPhase>(row.Text("phase")), row.Long("captured"), row.Long("refunded"), Words.Parse<DisputeState>(row.Text("dispute"))),
        RefundReserved = row.Long("refund_reserved"),
        RefundSucceeded = row.Long("refund_succeeded"),
        ClosingAction = row.FindText("closing_action"),
        ProviderReference = row.FindText("provider_reference"),
        ProviderData = row.Text("provider_data"),
        NextAction = row.FindText("next_action"),
        FailureCode = row.FindText("failure_code"),
        FailureMessage = row.FindText("failure_message"),
        VerifyAt = row.FindTime("verify_at"),
        Verifications = row.Int("verifications"),
        UpdatedAt = row.Time("updated_at"),
    };

    /// <summary>Empty when there is none; null in rows that are older than the column, whose details say it.</summary>
    private static string? CustomerOf(Row row)
    {
        var id = row.FindText("customer_id") ?? JsonSerializer.Deserialize<PaymentDetails>(row.Text("details"), HubJson.Stored)?.Customer?.Id;
        return string.IsNullOrEmpty(id) ? null : id;
    }
}
