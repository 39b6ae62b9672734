namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A payout as Stripe writes it, at one moment.</summary>
internal sealed record PayoutView(string Id, long Amount, string Currency, string Status, long Created, bool Livemode)
{
    public string Object => "payout";

    public required long ArrivalDate { get; init; }

    public bool Automatic => false;

    public required string BalanceTransaction { get; init; }

    public string? Description { get; init; }

    public required string Destination { get; init; }

    public string? FailureBalanceTransaction { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required string Method { get; init; }

    public string? OriginalPayout => null;

    public string ReconciliationStatus => "not_applicable";

    public string? ReversedBy => null;

    public string SourceType => "card";

    public string? StatementDescriptor => null;

    public required string Type { get; init; }
}
