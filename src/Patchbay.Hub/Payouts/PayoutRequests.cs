using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payouts;

/// <summary>Pays money out.</summary>
/// <param name="Amount">Decimal string in major units, <c>"150.00"</c>; a JSON number is accepted. Above zero, no more decimals than the
/// currency has.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reference">The caller's own reference, 1 to 200 characters.</param>
/// <param name="CustomerId">The caller's own id of who is paid, at most 100 characters.</param>
/// <param name="Country">ISO 3166-1 alpha-2, for routing.</param>
/// <param name="Metadata">At most 50 texts, names up to 40 and values up to 500 characters; rules can look at them.</param>
/// <param name="IntegrationId">Bypasses the rules.</param>
/// <example>
/// {"amount":"150.00","currency":"EUR","reference":"wd-1001","customer_id":"cus_17","country":"DE",
/// "destination":{"type":"bank_account","holder":"Ann Example","iban":"DE89370400440532013000"}}
/// </example>
public sealed record CreatePayoutRequest(
    [Required, ReadAs(typeof(decimal))] JsonElement? Amount = null, [Required] string? Currency = null, [Required] string? Reference = null,
    [Required] PayoutDestinationRequest? Destination = null, string? CustomerId = null, string? Country = null,
    IReadOnlyDictionary<string, string>? Metadata = null, IntegrationId? IntegrationId = null);

/// <summary>Where the money goes; kept encrypted, and shown masked.</summary>
/// <param name="Type"><c>cashier</c>: the receiver says it to the provider, see <c>next_action</c> of the payout.</param>
/// <param name="Holder">Of the account, the card or the wallet; required for a bank account, at most 200 characters.</param>
/// <param name="Iban">Of a bank account; this or <c>account_number</c>. Its check digits are checked.</param>
/// <param name="AccountNumber">Of a bank account without an IBAN.</param>
/// <param name="RoutingCode">IFSC, ABA or sort code, where the account number needs one.</param>
/// <param name="Country">Of the bank: ISO 3166-1 alpha-2.</param>
/// <param name="Account">Of a wallet: the address, number or handle of its owner.</param>
/// <param name="Reference">Of a card: the provider's token. Of a provider's reference: the provider's own name for it.</param>
public sealed record PayoutDestinationRequest(
    [Required] PayoutMethod? Type = null, string? Holder = null, string? Iban = null, string? AccountNumber = null,
    string? RoutingCode = null, string? Bic = null, string? BankName = null, string? Country = null, string? Account = null,
    string? Reference = null);

/// <summary>Lets a payout leave that another person proposed.</summary>
/// <param name="Reason">For the audit, at most 500 characters.</param>
/// <example>{"reason":"checked with the customer"}</example>
public sealed record ApprovePayoutRequest(string? Reason = null);

/// <summary>Says how a payout ended whose provider does not tell; by another person than who proposed it.</summary>
/// <param name="Outcome"><c>paid</c> or <c>failed</c>.</param>
/// <param name="Reason">How it is known, 1 to 500 characters.</param>
/// <example>{"outcome":"paid","reason":"on the bank's statement of 27 November"}</example>
public sealed record ResolvePayoutRequest([Required] ResolvedPayout? Outcome = null, [Required] string? Reason = null);

/// <summary>How a person says that a payout ended.</summary>
public enum ResolvedPayout
{
    Paid,
    Failed,
}

/// <summary>Sets what holds for all payouts of the tenant.</summary>
/// <param name="Enabled">False lets nothing leave, in either mode.</param>
/// <param name="ApproveAbove">A payout of more, and every one in another currency, waits for a second person. Null: none does.</param>
/// <param name="ApproveCurrency">Of <c>approve_above</c>: ISO 4217.</param>
/// <param name="ClosedLoop">True: payouts name their <c>customer_id</c>, and go first to the providers by whom the customer paid in, up to
/// what came in by each in the payout's currency, less what was given back or paid out. Providers by whom no active integration pays out do
/// not count. Null as false: payouts go anywhere.</param>
/// <example>{"enabled":true,"closed_loop":false,"approve_above":"500.00","approve_currency":"EUR"}</example>
public sealed record SetPayoutSettingsRequest(
    [Required] bool? Enabled = null, [ReadAs(typeof(decimal))] JsonElement? ApproveAbove = null, string? ApproveCurrency = null,
    bool? ClosedLoop = null);
