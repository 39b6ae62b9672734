using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.PaymentGateways;

/// <summary>Begins to take money for an invoice with a gateway.</summary>
/// <param name="InvoiceId">The business system's id of a mirrored invoice, or <c>inv_...</c>; others are taken, too.</param>
/// <param name="ReturnUrl">Where the customer comes back to from the gateway's page; without it the payment is completed in the caller's
/// own page, where the gateway can.</param>
/// <example>{"invoice_id":"INV-7","amount":"49.90","currency":"EUR","return_url":"https://shop.example/thanks"}</example>
public sealed record IntentRequest(
    [Required] string? InvoiceId = null, [Required, ReadAs(typeof(decimal))] JsonElement? Amount = null, [Required] string? Currency = null,
    string? ReturnUrl = null, CustomerRequest? Customer = null);

/// <summary>Asks the gateway whether the money came.</summary>
/// <param name="PaymentIntentId">As the intent told it, or the payment's own id.</param>
/// <example>{"payment_intent_id":"pi_3QK9dE2eZvKYlo2C","invoice_id":"INV-7"}</example>
public sealed record ConfirmRequest([Required] string? PaymentIntentId = null, [Required] string? InvoiceId = null);
