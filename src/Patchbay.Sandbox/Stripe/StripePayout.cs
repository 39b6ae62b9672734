namespace Patchbay.Sandbox.Stripe;

/// <summary>Money on its way to the account's own bank. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed class StripePayout(StripeAccount account, string id, long amount, string currency, long created)
{
    public Lock Gate { get; } = new();

    public StripeAccount Account { get; } = account;

    public string Id { get; } = id;

    public long Amount { get; } = amount;

    public string Currency { get; } = currency;

    public long Created { get; } = created;

    /// <summary>A bank account or a debit card.</summary>
    public required string Destination { get; init; }

    public string? Description { get; init; }

    public required string Method { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The magic code that decides what becomes of it; null for none.</summary>
    public string? Code { get; init; }

    /// <summary>pending, in_transit, paid, failed or canceled.</summary>
    public string Status { get; set; } = "pending";

    public string? FailureCode { get; private set; }

    public string? FailureMessage { get; private set; }

    /// <summary>What put the money back into the balance.</summary>
    public string? PutBackBy { get; private set; }

    public void Fail(string code, string message, string? putBackBy) =>
        (Status, FailureCode, FailureMessage, PutBackBy) = ("failed", code, message, putBackBy);

    public void Cancel(string putBackBy) => (Status, PutBackBy) = ("canceled", putBackBy);
}
