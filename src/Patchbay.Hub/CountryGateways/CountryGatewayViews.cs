using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.CountryGateways;

/// <summary>Who takes the payments of a country and who pays out there.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; <c>*</c> for all that have no gateway of their own.</param>
/// <param name="DepositGateway">The provider; null: nobody.</param>
/// <param name="DepositIntegrationId">The provider's integration.</param>
/// <param name="DepositStatus">That of the integration: only an active one takes payments.</param>
public sealed record CountryGatewayView(
    string Country, string? DepositGateway, IntegrationId? DepositIntegrationId, IntegrationStatus? DepositStatus,
    string? WithdrawalGateway, IntegrationId? WithdrawalIntegrationId, IntegrationStatus? WithdrawalStatus, bool IsActive, string? Note,
    DateTimeOffset UpdatedAt)
{
    internal static CountryGatewayView Of(CountryGateway gateway, TenantConfig config)
    {
        var (deposit, withdrawal) = (At(gateway.Deposit), At(gateway.Withdrawal));
        var rule = gateway.Rules[0];
        return new CountryGatewayView(
            gateway.Country, deposit?.Provider, deposit?.Id, deposit?.Status, withdrawal?.Provider, withdrawal?.Id, withdrawal?.Status,
            rule.IsActive, rule.Note, rule.UpdatedAt);

        Integration? At(RoutingRule? of) => of?.IntegrationId is { } id ? config.Integrations.GetValueOrDefault(id) : null;
    }
}

/// <summary>Where a payment or a payout of a country goes now.</summary>
/// <param name="Gateway">The provider.</param>
/// <param name="Type">Where the customer pays: <c>redirect</c> on the provider's page, <c>embed</c> in the caller's by a script (the
/// payment's <c>next_action</c> has what is needed for either), <c>api</c> nowhere of the provider's, as with payouts.</param>
/// <param name="ScriptUrl">Of <c>embed</c>: the script that shows the provider's cashier; else null.</param>
/// <param name="CashierKey">Of <c>embed</c>: whose cashier it shows; null where a payment's token says it.</param>
public sealed record GatewayView(
    string Gateway, IntegrationId IntegrationId, ProviderCheckout Type, Uri? ScriptUrl, string? CashierKey);

/// <summary>What a change would do.</summary>
/// <param name="Payments">Of the last seven days, the newest 10,000 at most.</param>
/// <param name="Moved">So many of them would have gone elsewhere.</param>
public sealed record GatewayPreviewView(int Payments, int Moved, IReadOnlyList<GatewayMoveView> Moves);

/// <summary>Payments that would have gone elsewhere.</summary>
/// <param name="FromIntegrationId">Where they go by the rules as they are; null: nowhere.</param>
/// <param name="ToIntegrationId">Where they would go; null: nowhere.</param>
public sealed record GatewayMoveView(IntegrationId? FromIntegrationId, IntegrationId? ToIntegrationId, int Payments);
