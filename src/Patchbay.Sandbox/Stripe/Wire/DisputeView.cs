namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A dispute as Stripe writes it.</summary>
internal sealed record DisputeView(
    string Id, long Amount, string Currency, string Status, long Created, bool Livemode, string Charge, string PaymentIntent)
{
    public string Object => "dispute";

    public required IReadOnlyList<BalanceTransactionView> BalanceTransactions { get; init; }

    public required EvidenceDetailsView EvidenceDetails { get; init; }

    public bool IsChargeRefundable => Status.StartsWith("warning_", StringComparison.Ordinal);

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string Reason => "fraudulent";
}

/// <param name="DueBy">Unix time.</param>
internal sealed record EvidenceDetailsView(long DueBy, bool HasEvidence, bool PastDue, int SubmissionCount);
