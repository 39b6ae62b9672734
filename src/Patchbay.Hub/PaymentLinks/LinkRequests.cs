using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Makes a page on which anybody who has its address can pay.</summary>
/// <param name="Amount">Decimal string in major units; a JSON number is accepted. Left out where the payer chooses.</param>
/// <param name="AmountMin">The least that the payer may choose, with <c>amount_max</c>.</param>
/// <param name="Reference">The caller's own, of the payments, 1 to 200 characters.</param>
/// <param name="Description">For the payer, at most 500 characters.</param>
/// <param name="InvoiceId">Of an invoice, as payments name it.</param>
/// <param name="CustomerId">As payments name them.</param>
/// <param name="Customer">What is known of them besides, for the provider: some take no payment without a phone number or an e-mail
/// address. It is shown to nobody.</param>
/// <param name="Usage"><c>single</c> (default): paid once. <c>multiple</c>: by as many as like.</param>
/// <param name="Methods">Providers among which the payer chooses, at most 10; each has to be active. Null: the rules choose.</param>
/// <param name="SuccessUrl">Where the payer is led after paying; null: the page says that it is paid.</param>
/// <param name="Locale">Of the page: <c>en de es fr pt ar he</c>; null: the browser's.</param>
/// <param name="Metadata">Of the payments.</param>
/// <example>{"amount":"49.90","currency":"EUR","reference":"order-1001","description":"Order 1001"}</example>
public sealed record CreateLinkRequest(
    [ReadAs(typeof(decimal))] JsonElement? Amount = null, [ReadAs(typeof(decimal))] JsonElement? AmountMin = null,
    [ReadAs(typeof(decimal))] JsonElement? AmountMax = null, [Required] string? Currency = null, [Required] string? Reference = null,
    string? Description = null, string? InvoiceId = null, string? CustomerId = null, LinkCustomer? Customer = null,
    LinkUsage? Usage = null, DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? Methods = null, string? SuccessUrl = null,
    string? Locale = null, string? Country = null, IReadOnlyDictionary<string, string>? Metadata = null);

/// <summary>Who is going to pay on a link.</summary>
/// <param name="Phone">In international form, as <c>+18765550100</c>.</param>
public sealed record LinkCustomer(string? Name = null, string? Email = null, string? Phone = null);
