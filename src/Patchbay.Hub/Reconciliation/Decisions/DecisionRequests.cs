using System.ComponentModel.DataAnnotations;

namespace Patchbay.Hub.Reconciliation.Decisions;

/// <summary>What an entry stands for: one payment that came, or one refund or payout that went.</summary>
/// <param name="PaymentId">One of the three is required.</param>
/// <param name="Reason">1 to 500 characters, for the audit.</param>
/// <example>{"payment_id":"pay_01kanx0fv9e5vbr9b7xw6n4c2m","reason":"The customer named it on the phone"}</example>
public sealed record MatchEntryRequest(
    string? PaymentId = null, string? RefundId = null, string? PayoutId = null, [Required] string? Reason = null);

/// <summary>Why an entry stands for nothing, or is to be looked at again.</summary>
/// <param name="Reason">1 to 500 characters, for the audit.</param>
/// <example>{"reason":"Charges of the bank"}</example>
public sealed record EntryReasonRequest([Required] string? Reason = null);
