namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A payment intent as Stripe writes it, at one moment.</summary>
internal sealed record PaymentIntentView(string Id, long Amount, string Currency, string Status, long Created, bool Livemode)
{
    public string Object => "payment_intent";

    public required long AmountCapturable { get; init; }

    public required long AmountReceived { get; init; }

    public string? Application => null;

    public AutomaticMethodsView? AutomaticPaymentMethods { get; init; }

    public long? CanceledAt { get; init; }

    public string? CancellationReason { get; init; }

    public required string CaptureMethod { get; init; }

    public required string ClientSecret { get; init; }

    public string ConfirmationMethod => "automatic";

    public string? Customer => null;

    public string? Description { get; init; }

    public ErrorDetail? LastPaymentError { get; init; }

    /// <summary>The id, or the charge itself when the request expands it.</summary>
    public object? LatestCharge { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public NextActionView? NextAction { get; init; }

    public string? OnBehalfOf => null;

    public string? PaymentMethod { get; init; }

    public IReadOnlyList<string> PaymentMethodTypes => StripeMethods.Card;

    public string? Processing => null;

    public string? ReceiptEmail { get; init; }

    public string? SetupFutureUsage => null;

    public string? StatementDescriptor => null;

    public string? TransferGroup => null;
}

internal sealed record AutomaticMethodsView(bool Enabled, string AllowRedirects = "always");

internal sealed record NextActionView(RedirectView RedirectToUrl)
{
    public string Type => "redirect_to_url";
}

internal sealed record RedirectView(string Url, string? ReturnUrl);
