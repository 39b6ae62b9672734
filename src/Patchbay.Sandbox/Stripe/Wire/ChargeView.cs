namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A charge as Stripe writes it, at one moment.</summary>
internal sealed record ChargeView(string Id, long Amount, string Currency, long Created, bool Livemode)
{
    public string Object => "charge";

    public required long AmountCaptured { get; init; }

    public required long AmountRefunded { get; init; }

    /// <summary>The id, or the transaction itself when the request expands it; null until the charge is settled.</summary>
    public object? BalanceTransaction { get; init; }

    public BillingDetailsView BillingDetails => BillingDetailsView.Empty;

    public required bool Captured { get; init; }

    public string? Customer => null;

    public string? Description { get; init; }

    public required bool Disputed { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required bool Paid { get; init; }

    public required string PaymentIntent { get; init; }

    public string? PaymentMethod { get; init; }

    public CardDetailsView PaymentMethodDetails => CardDetailsView.Visa;

    public string? ReceiptEmail { get; init; }

    public required bool Refunded { get; init; }

    public required string Status { get; init; }
}

internal sealed record BillingDetailsView(string? Email, string? Name, string? Phone)
{
    public static readonly BillingDetailsView Empty = new(null, null, null);
}

internal sealed record CardDetailsView(CardView Card)
{
    public static readonly CardDetailsView Visa = new(new CardView("visa", "4242", 8, 2030, "credit", "US"));

    public string Type => "card";
}

internal sealed record CardView(string Brand, string Last4, int ExpMonth, int ExpYear, string Funding, string Country);
