using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payouts;

/// <summary>A payout as the API shows it.</summary>
/// <param name="ApprovedBy">Who agreed, as the audit names them; null when nobody had to.</param>
/// <param name="NextAction">What the receiver has to do; null when nothing.</param>
/// <param name="FailureReason">Why it failed, in a word that is the same for all providers; null when nothing failed.</param>
/// <param name="FailureCode">The same in the provider's, or the hub's, word. <c>submit_not_received</c> with <c>processing</c>: the
/// provider says that it never got it, which may prove wrong.</param>
public sealed record PayoutView(
    PayoutId Id, IntegrationMode Mode, PayoutPhase Status, string Amount, string Currency, string Reference, string? CustomerId,
    string? Country, PayoutDestinationView Destination, IntegrationId IntegrationId, string? ProviderReference, string ProposedBy,
    string? ApprovedBy, NextActionView? NextAction, FailureReason? FailureReason, string? FailureCode, string? FailureMessage,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static PayoutView Of(Payout payout) => new(
        payout.Id, payout.Mode, payout.Phase, payout.Amount.ToAmountString(), payout.Amount.Currency.Code, payout.Reference,
        payout.CustomerId, payout.Country, JsonSerializer.Deserialize<PayoutDestinationView>(payout.Destination, HubJson.Stored)!,
        payout.IntegrationId, payout.ProviderReference, payout.ProposedBy, payout.ApprovedBy,
        payout.Phase != PayoutPhase.RequiresAction || payout.NextAction is null
            ? null : JsonSerializer.Deserialize<NextActionView>(payout.NextAction, HubJson.Stored),
        payout.FailureReason, payout.FailureCode, payout.FailureMessage,
        JsonSerializer.Deserialize<IReadOnlyDictionary<string, string>>(payout.Metadata, HubJson.Stored)!, payout.CreatedAt,
        payout.UpdatedAt);
}

/// <summary>Where the money goes, masked.</summary>
/// <param name="Shown">Of an e-mail address the first letter and the domain; else the last four characters, none of what is short.</param>
public sealed record PayoutDestinationView(PayoutMethod Type, string? Holder, string Shown, string? BankName, string? Country)
{
    private const string Mask = "••••";

    public static PayoutDestinationView Of(PayoutDestination destination)
    {
        var named = destination.Iban ?? destination.AccountNumber ?? destination.Account ?? destination.Reference ?? "";
        return new PayoutDestinationView(
            destination.Type, destination.Holder, MaskOf(named), destination.BankName, destination.Country);
    }

    private static string MaskOf(string named) => named.IndexOf('@', StringComparison.Ordinal) switch
    {
        > 0 and var at => named[..1] + Mask + named[at..],
        _ => named.Length >= 8 ? Mask + named[^4..] : Mask,
    };
}

/// <summary>What holds for all payouts of the tenant.</summary>
/// <param name="Enabled">False, as it is at first, lets nothing leave.</param>
/// <param name="ApproveAbove">A payout of more, and every one in another currency, waits for a second person; null: none does.</param>
/// <param name="ClosedLoop">True: a customer is paid first by a provider by whom they paid in, up to what came in by it.</param>
public sealed record PayoutSettingsView(bool Enabled, bool ClosedLoop, string? ApproveAbove, string? ApproveCurrency)
{
    public static PayoutSettingsView Of(PayoutSettings settings) => new(
        settings.IsEnabled, settings.IsClosedLoop, settings.Limit?.ToAmountString(), settings.Limit?.Currency.Code);
}
