namespace Patchbay.Sandbox.Stripe;

/// <summary>A refund. Whoever reads or changes it holds its payment's gate.</summary>
internal sealed class StripeRefund(StripePayment payment, string id, long amount, long created)
{
    public StripePayment Payment { get; } = payment;

    public string Id { get; } = id;

    public long Amount { get; } = amount;

    public long Created { get; } = created;

    public string? Reason { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; set; }

    /// <summary>pending, succeeded or failed.</summary>
    public required string Status { get; set; }
}
