using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

public readonly record struct PaymentKey(TenantId Tenant, PaymentId Id);

/// <summary>A payment: what was asked for, and what is known of it.</summary>
[LedgerTable("payments")]
public sealed partial record Payment
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required PaymentId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    [Fixed, Column("amount", "currency")] public required Money Amount { get; init; }

    /// <summary>The caller's own reference.</summary>
    [Fixed] public required string Reference { get; init; }

    [Fixed] public required CaptureMethod Capture { get; init; }

    /// <summary>The request's further fields, as JSON; see <see cref="PaymentDetails"/>.</summary>
    [Fixed] public required string Details { get; init; }

    [Fixed] public string? InvoiceId { get; init; }

    /// <summary>The caller's own id of the customer; null when none was given.</summary>
    [Fixed, StoredAs<PaymentCustomer>] public string? CustomerId { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>TypeID of what of the hub has begun it, as a payment link; null when a caller did.</summary>
    [Fixed] public string? Origin { get; init; }

    /// <summary>Who has it now; changes when it falls back before anything happened.</summary>
    public required IntegrationId IntegrationId { get; init; }

    /// <summary>
    /// Disputes come before what was paid. A try that was declined after the money was said to be on its way has taken it off that way.
    /// </summary>
    [Column] public PaymentStatus Status =>
        Contested.Disputed > 0 || EarlierIs(EarlierDispute.Open) ? PaymentStatus.Disputed
        : Contested.ChargedBack > 0 || EarlierIs(EarlierDispute.Lost) ? PaymentStatus.ChargedBack
        : Facts.Phase == PaymentPhase.Processing && LastFailureAt >= ProcessingAt ? PaymentStatus.RequiresAction
        : IsActionToCome ? PaymentStatus.Pending
        : (Facts with { Refunded = Refunded }).Status;

    public PaymentFacts Facts { get; init; } = PaymentFacts.None;

    public Contested Contested { get; init; }

    [Fixed, Column("dispute")] public EarlierDispute EarlierDispute { get; init; }

    /// <summary>Sum of refunds that are pending or succeeded: what may not be refunded again.</summary>
    public long RefundReserved { get; init; }

    /// <summary>Sum of refunds made here that succeeded and did not come back.</summary>
    public long RefundSucceeded { get; init; }

    /// <summary>Since when what is known to be refunded is so, by the provider's clock; null when it never told.</summary>
    public DateTimeOffset? RefundedAt { get; init; }

    /// <summary>The delivery that completes, captures or cancels it; only one of them can.</summary>
    public string? ClosingAction { get; init; }

    public string? ProviderReference { get; init; }

    /// <summary>Further ids of the provider, as a JSON object of texts.</summary>
    public string ProviderData { get; init; } = "{}";

    /// <summary>What the customer has to do, as JSON; null when nothing.</summary>
    public string? NextAction { get; init; }

    /// <summary>Null unless it failed, as the two below.</summary>
    public FailureReason? FailureReason { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>Why the customer's last try was declined, after which they may have tried again; null when none was.</summary>
    public FailureReason? LastFailureReason { get; init; }

    public string? LastFailureCode { get; init; }

    public string? LastFailureMessage { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>When it was last said that the money is on its way; null when it never was.</summary>
    public DateTimeOffset? ProcessingAt { get; init; }

    /// <summary>When the provider is asked about it next; null when that is not needed.</summary>
    public DateTimeOffset? VerifyAt { get; init; }

    public int Verifications { get; init; }

    /// <summary>Until when the customer has time, as the provider said; null when it did not. Asking begins then.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public PaymentKey Key => new(TenantId, Id);

    /// <summary>Why it failed; null unless it did.</summary>
    public FailureDetail? Failure => FailureCode is null ? null : new FailureDetail(FailureCode, FailureMessage, FailureReason);

    /// <summary>What was given back, as far as anybody knows: the provider's total may be behind, or not told at all.</summary>
    public long Refunded => Math.Max(RefundSucceeded, Facts.Refunded);

    /// <summary>What was captured once it succeeded; before that nothing counts as taken.</summary>
    public long Taken => Facts.Phase == PaymentPhase.Succeeded ? Facts.Captured : 0;

    /// <summary>Of what was taken: refunds, wherever made, and what lost disputes took. An open dispute takes nothing yet.</summary>
    public long Returned => Math.Min(Taken, Refunded + ChargedBack);

    /// <summary>As <see cref="Returned"/>, with refunds that are on their way.</summary>
    public long GivenBack => Math.Min(Taken, Math.Max(RefundReserved, Refunded) + ChargedBack);

    /// <summary>The answer that says what its customer is to do is not there yet; where it is lost, that is a failure.</summary>
    private bool IsActionToCome => Facts.Phase == PaymentPhase.RequiresAction && NextAction is null && LastFailureAt is null;

    /// <summary>What open chargebacks hold of what was captured.</summary>
    public long Disputed => EarlierIs(EarlierDispute.Open) ? Facts.Captured : Math.Min(Contested.Disputed, Facts.Captured);

    /// <summary>What lost disputes took of what was captured.</summary>
    public long ChargedBack => EarlierIs(EarlierDispute.Lost) ? Facts.Captured : Math.Min(Contested.ChargedBack, Facts.Captured);

    /// <summary>
    /// What can still be refunded: captured, less what is being or was refunded, here or elsewhere, and what disputes hold or took.
    /// </summary>
    public long Refundable =>
        Math.Max(0, Facts.Captured - Math.Max(RefundReserved, Refunded) - Disputed - ChargedBack);

    /// <summary>The provider knows more than we do: it is open, or being captured or canceled.</summary>
    public bool AwaitsProvider => !Facts.IsSettled || Facts.Phase == PaymentPhase.Authorized && ClosingAction is not null;

    /// <summary>Its dispute of before is one of those that are known by now, unless it was lost: then nothing tells which.</summary>
    private bool EarlierIs(EarlierDispute dispute) =>
        EarlierDispute == dispute && (dispute == EarlierDispute.Lost || Contested.Disputes == 0);

    public Money InMinorUnits(long minorUnits) => new(minorUnits, Amount.Currency);

    /// <summary>The customer may still pay it, or just has.</summary>
    public bool IsOpen => Status is PaymentStatus.Pending or PaymentStatus.RequiresAction or PaymentStatus.Processing;

    /// <summary>The provider calls it so, or did: a hosted page's id gives way to the payment's own.</summary>
    public bool IsKnownAs(string reference) => ProviderReference == reference
        || JsonSerializer.Deserialize<Dictionary<string, string>>(ProviderData)!.ContainsValue(reference);

    /// <param name="failure">Null: it has not failed (any more).</param>
    public Payment Failing(FailureDetail? failure) => this with
    {
        FailureReason = failure?.ReasonOrOther, FailureCode = failure?.Code, FailureMessage = failure?.Message,
    };

    /// <summary>The customer's last try was declined.</summary>
    public Payment Declined(FailureDetail failure, DateTimeOffset at) => this with
    {
        LastFailureReason = failure.ReasonOrOther, LastFailureCode = failure.Code, LastFailureMessage = failure.Message, LastFailureAt = at,
    };
}

/// <summary>The parts of a payment that only the provider and the caller read.</summary>
public sealed record PaymentDetails(
    string? Description, Customer? Customer, string? Country, Uri? ReturnUrl, Uri? CancelUrl, IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset? ExpiresAt, SavedMethod? Method = null);
