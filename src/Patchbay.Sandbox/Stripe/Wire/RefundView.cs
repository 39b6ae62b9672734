namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A refund as Stripe writes it, at one moment.</summary>
internal sealed record RefundView(string Id, long Amount, string Currency, string Status, long Created)
{
    public string Object => "refund";

    /// <summary>The id, or the transaction itself when the request expands it.</summary>
    public object? BalanceTransaction { get; init; }

    /// <summary>The id, or the charge itself when the request expands it.</summary>
    public required object Charge { get; init; }

    public string? FailureReason { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The id, or the payment intent itself when the request expands it.</summary>
    public required object PaymentIntent { get; init; }

    public string? Reason { get; init; }

    public string? ReceiptNumber => null;
}
