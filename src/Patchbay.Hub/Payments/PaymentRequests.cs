using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>Starts a payment.</summary>
/// <param name="Amount">Decimal string in major units, <c>"12.50"</c>; a JSON number is accepted. Above zero, no more decimals than the
/// currency has.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reference">The caller's own reference, 1 to 200 characters.</param>
/// <param name="Description">For the customer, at most 500 characters.</param>
/// <param name="InvoiceId">At most 100 characters.</param>
/// <param name="Country">ISO 3166-1 alpha-2, for routing.</param>
/// <param name="Capture"><c>automatic</c> by default; <c>manual</c> reserves first.</param>
/// <param name="ReturnUrl">Where the customer comes back to; without it the payment is completed in the caller's own page.</param>
/// <param name="CancelUrl">Where the customer goes who gives up; the return address by default.</param>
/// <param name="Metadata">At most 50 texts, names up to 40 and values up to 500 characters; rules can look at them.</param>
/// <param name="IntegrationId">Bypasses the rules.</param>
/// <param name="ExpiresAt">After this the provider is not called any more.</param>
/// <param name="PaymentMethod">Charged at once, without a page: needs <c>integration_id</c>, of a provider with <c>saved_methods</c>.
/// With <c>return_url</c> the customer is there, and may have to confirm at their bank (<c>next_action</c>); without it a bank that asks
/// for that declines. Null: the customer chooses.</param>
/// <example>
/// {"amount":"49.90","currency":"EUR","reference":"order-1001","return_url":"https://shop.example/thanks",
/// "customer":{"id":"cus_17","email":"ann@example.com"},"country":"DE","metadata":{"order":"1001"}}
/// </example>
public sealed record CreatePaymentRequest(
    [Required, ReadAs(typeof(decimal))] JsonElement? Amount = null, [Required] string? Currency = null, [Required] string? Reference = null,
    string? Description = null, string? InvoiceId = null, CustomerRequest? Customer = null, string? Country = null,
    CaptureMethod? Capture = null, string? ReturnUrl = null, string? CancelUrl = null,
    IReadOnlyDictionary<string, string>? Metadata = null, IntegrationId? IntegrationId = null, DateTimeOffset? ExpiresAt = null,
    PaymentMethodRequest? PaymentMethod = null);

/// <summary>The person paying; rules can look at it as <c>customer.id</c>, <c>customer.email</c> and so on.</summary>
/// <param name="Phone">E.164.</param>
public sealed record CustomerRequest(string? Id = null, string? Name = null, string? Email = null, string? Phone = null);

/// <summary>What the customer has saved with the provider.</summary>
/// <param name="Token">The provider's name of it, at most 200 characters: at Stripe <c>pm_...</c>.</param>
/// <param name="Customer">The provider's name of its customer, at most 200 characters: at Stripe <c>cus_...</c>. Null where it belongs to
/// none.</param>
public sealed record PaymentMethodRequest([Required] string? Token = null, string? Customer = null);

/// <summary>Captures a reserved payment.</summary>
/// <param name="Amount">At most the payment's amount; all of it by default. The rest is released.</param>
/// <example>{"amount":"40.00"}</example>
public sealed record CapturePaymentRequest([ReadAs(typeof(decimal))] JsonElement? Amount = null);

/// <summary>Refunds a payment.</summary>
/// <param name="Amount">At most what is left of the captured amount; all that is left by default.</param>
/// <param name="Reason">At most 200 characters.</param>
/// <example>{"amount":"9.90","reason":"damaged"}</example>
public sealed record RefundPaymentRequest([ReadAs(typeof(decimal))] JsonElement? Amount = null, string? Reason = null);
