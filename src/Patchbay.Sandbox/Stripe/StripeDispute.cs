namespace Patchbay.Sandbox.Stripe;

/// <summary>A dispute about a payment. Whoever reads or changes it holds its payment's gate.</summary>
internal sealed class StripeDispute(StripePayment payment, string id, long amount, long created)
{
    public StripePayment Payment { get; } = payment;

    public string Id { get; } = id;

    public long Amount { get; } = amount;

    public long Created { get; } = created;

    public long EvidenceDueBy => Created + 9 * 86_400;

    /// <summary>An inquiry has a status that begins with <c>warning_</c>.</summary>
    public string Status { get; set; } = "needs_response";
}
