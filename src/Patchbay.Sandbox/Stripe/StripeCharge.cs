namespace Patchbay.Sandbox.Stripe;

/// <summary>The latest attempt to charge a payment's card.</summary>
internal sealed class StripeCharge(string id, long created)
{
    public string Id { get; } = id;

    public long Created { get; } = created;

    public bool Succeeded { get; init; }

    public bool Captured { get; set; }

    /// <summary>The balance has it, and its fee is known.</summary>
    public bool IsSettled { get; set; }

    public long AmountCaptured { get; set; }

    public bool Disputed { get; set; }
}
