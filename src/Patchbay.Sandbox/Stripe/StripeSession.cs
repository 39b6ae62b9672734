namespace Patchbay.Sandbox.Stripe;

/// <summary>A hosted checkout page. Whoever reads or changes it holds <see cref="Gate"/>, which its payment shares.</summary>
internal sealed class StripeSession(StripeAccount account, string id, long amount, string currency, long created)
{
    public Lock Gate { get; } = new();

    public StripeAccount Account { get; } = account;

    public string Id { get; } = id;

    public long Amount { get; } = amount;

    public string Currency { get; } = currency;

    public long Created { get; } = created;

    public required string Url { get; init; }

    public required string SuccessUrl { get; init; }

    public string? CancelUrl { get; init; }

    public string? ClientReferenceId { get; init; }

    public string? CustomerEmail { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; set; }

    public required IReadOnlyDictionary<string, string> PaymentMetadata { get; init; }

    public string? PaymentDescription { get; init; }

    public required bool ManualCapture { get; init; }

    public string? Code { get; init; }

    /// <summary>open, complete or expired.</summary>
    public string Status { get; set; } = "open";

    /// <summary>unpaid or paid.</summary>
    public string PaymentStatus { get; set; } = "unpaid";

    /// <summary>Null until the customer first tries to pay, as at Stripe since API version 2022-08-01.</summary>
    public StripePayment? Payment { get; set; }

    public string? Reference =>
        Metadata.GetValueOrDefault("reference") ?? PaymentMetadata.GetValueOrDefault("reference") ?? ClientReferenceId;
}
