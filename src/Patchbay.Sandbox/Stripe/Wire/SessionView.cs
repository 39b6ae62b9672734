namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A checkout session as Stripe writes it, at one moment.</summary>
internal sealed record SessionView(
    string Id, long AmountTotal, string Currency, string Status, string PaymentStatus, long Created, bool Livemode)
{
    public string Object => "checkout.session";

    public long AmountSubtotal => AmountTotal;

    public AutomaticTaxView AutomaticTax => AutomaticTaxView.Off;

    public string? CancelUrl { get; init; }

    public string? ClientReferenceId { get; init; }

    public IReadOnlyList<string> CustomFields => [];

    public CustomTextView CustomText => CustomTextView.None;

    public string? Customer => null;

    public CustomerDetailsView? CustomerDetails { get; init; }

    public string? CustomerEmail { get; init; }

    public long ExpiresAt => Created + 86_400;

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string Mode => "payment";

    /// <summary>The id, or the payment intent itself when the request expands it.</summary>
    public object? PaymentIntent { get; init; }

    public IReadOnlyList<string> PaymentMethodTypes => StripeMethods.Card;

    public IReadOnlyList<string> ShippingOptions => [];

    public required string SuccessUrl { get; init; }

    public string UiMode => "hosted_page";

    /// <summary>Null once the session is no longer open.</summary>
    public string? Url { get; init; }
}

internal sealed record AutomaticTaxView(bool Enabled, string? Status)
{
    public static readonly AutomaticTaxView Off = new(false, null);
}

internal sealed record CustomTextView(string? ShippingAddress, string? Submit)
{
    public static readonly CustomTextView None = new(null, null);
}

internal sealed record CustomerDetailsView(string? Email, string? Name, string? Phone);
