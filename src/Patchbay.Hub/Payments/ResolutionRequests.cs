using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>Says that the payer says they have paid.</summary>
/// <param name="TransactionReference">The number that their bank or wallet gave it, at most 100 characters.</param>
/// <param name="Note">At most 500 characters.</param>
/// <example>{"transaction_reference":"TX-20261127-88"}</example>
public sealed record ClaimPaymentRequest(string? TransactionReference = null, string? Note = null);

/// <summary>How a person says that a payment or a refund ended.</summary>
public enum ResolvedAs
{
    Succeeded,
    Failed,
}

/// <summary>Says how a payment ended of which no provider tells.</summary>
/// <param name="Amount">What arrived, at most the payment's amount; all of it by default.</param>
/// <param name="TransactionReference">As the bank or wallet names it, at most 100 characters; it settles nothing else. Required where
/// people or statements settle payments, for <c>succeeded</c>.</param>
/// <param name="Reason">How it is known, 1 to 500 characters.</param>
/// <example>{"outcome":"failed","reason":"not on the statement of 27 November"}</example>
public sealed record ResolvePaymentRequest(
    [Required] ResolvedAs? Outcome = null, [ReadAs(typeof(decimal))] JsonElement? Amount = null, string? TransactionReference = null,
    [Required] string? Reason = null);

/// <summary>Says how a refund ended of which no provider tells.</summary>
/// <param name="TransactionReference">As of payments.</param>
/// <param name="Reason">How it is known, 1 to 500 characters.</param>
/// <example>{"outcome":"failed","reason":"the account is closed"}</example>
public sealed record ResolveRefundRequest(
    [Required] ResolvedAs? Outcome = null, string? TransactionReference = null, [Required] string? Reason = null);
