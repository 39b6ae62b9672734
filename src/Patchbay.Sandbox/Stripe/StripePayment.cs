namespace Patchbay.Sandbox.Stripe;

/// <summary>A payment intent and its steps. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed class StripePayment(StripeAccount account, string id, long amount, string currency, long created, Lock gate)
{
    public Lock Gate { get; } = gate;

    public StripeAccount Account { get; } = account;

    public string Id { get; } = id;

    public long Amount { get; set; } = amount;

    public string Currency { get; } = currency;

    public long Created { get; } = created;

    public required bool ManualCapture { get; init; }

    /// <summary>Captured in the background: settled a moment after it succeeded.</summary>
    public bool SettlesLater { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; set; }

    public string? Description { get; set; }

    public string? ReceiptEmail { get; set; }

    /// <summary>Whether the account asked for automatic payment methods.</summary>
    public bool AutomaticMethods { get; init; }

    /// <summary>The magic code that decides how the customer and the bank behave; null for none.</summary>
    public string? Code { get; init; }

    /// <summary>The hosted session it belongs to; null when the merchant has a page of its own.</summary>
    public StripeSession? Session { get; init; }

    public string Status { get; private set; } = "requires_payment_method";

    public string? PaymentMethod { get; private set; }

    public string? ReturnUrl { get; private set; }

    public StripeCharge? Charge { get; private set; }

    public StripeDecline? LastDecline { get; private set; }

    public long? CanceledAt { get; private set; }

    public string? CancellationReason { get; private set; }

    /// <summary>Refunded or about to be, in minor units.</summary>
    public long Refunded { get; private set; }

    public List<StripeDispute> Disputes { get; } = [];

    public string? Reference => Metadata.GetValueOrDefault("reference");

    public long AmountReceived => Charge is { Captured: true } charge ? charge.AmountCaptured : 0;

    public long AmountCapturable => Status == "requires_capture" ? Amount : 0;

    public long Refundable => AmountReceived - Refunded;

    public bool AwaitsCustomer => Status is "requires_payment_method" or "requires_confirmation" or "requires_action";

    public bool CanBeCanceled => AwaitsCustomer || Status is "requires_capture";

    public void RequireAction(string paymentMethod, string? returnUrl) =>
        (Status, PaymentMethod, ReturnUrl, LastDecline) = ("requires_action", paymentMethod, returnUrl, null);

    public void Process(string paymentMethod) => (Status, PaymentMethod, LastDecline) = ("processing", paymentMethod, null);

    public void Approve(string paymentMethod, long at)
    {
        (PaymentMethod, LastDecline) = (paymentMethod, null);
        Charge = new StripeCharge(
            ChargeId, at)
        {
            Succeeded = true, Captured = !ManualCapture, AmountCaptured = ManualCapture ? 0 : Amount,
            IsSettled = !ManualCapture && !SettlesLater,
        };
        Status = ManualCapture ? "requires_capture" : "succeeded";
    }

    public void Decline(StripeDecline decline, long at)
    {
        (Status, PaymentMethod, LastDecline) = ("requires_payment_method", null, decline);
        Charge = new StripeCharge(ChargeId, at);
    }

    /// <summary>Takes the amount; the rest of the authorization is released.</summary>
    public void Capture(long amount)
    {
        Charge!.Captured = Charge.IsSettled = true;
        Charge.AmountCaptured = amount;
        Status = "succeeded";
    }

    public void Cancel(string? reason, long at) => (Status, CancellationReason, CanceledAt) = ("canceled", reason, at);

    public void Refund(long amount) => Refunded += amount;

    // One charge at a time, so its id can follow from the payment's.
    private string ChargeId => Id.Replace("pi_", "ch_", StringComparison.Ordinal);
}
