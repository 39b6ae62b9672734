using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.CountryGateways;

/// <summary>
/// Who takes the payments of a country and who pays out there. It is kept as one routing rule for each direction, so that there is one
/// place that decides where an operation goes.
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2, or <see cref="Everywhere"/>.</param>
internal sealed record CountryGateway(string Country, RoutingRule? Deposit, RoutingRule? Withdrawal)
{
    /// <summary>For countries that have none of their own.</summary>
    public const string Everywhere = "*";

    public const string DepositCapability = Capabilities.InitiatePayment;
    public const string WithdrawalCapability = Capabilities.InitiatePayout;

    public IReadOnlyList<RoutingRule> Rules => [.. new[] { Deposit, Withdrawal }.OfType<RoutingRule>()];

    /// <summary>Lower than any that callers may give: countries first, then the rest of the world, then the tenant's other rules.</summary>
    public static int PriorityOf(string country) => country == Everywhere ? -1_500_000 : -2_000_000;

    /// <summary>An operation without a country is not the default's: the tenant's other rules decide.</summary>
    public static Condition ConditionOf(string country) => country == Everywhere
        ? new Condition("country", "exists", JsonSerializer.SerializeToElement(true))
        : new Condition("country", "eq", JsonSerializer.SerializeToElement(country));

    /// <summary>All of one mode, by country; the default comes first.</summary>
    public static IReadOnlyList<CountryGateway> All(TenantConfig config, IntegrationMode mode) =>
    [
        .. config.RuleList.Where(rule => rule.GatewayCountry is not null && rule.Mode == mode).GroupBy(rule => rule.GatewayCountry!)
            .Select(rules => new CountryGateway(
                rules.Key, rules.FirstOrDefault(rule => rule.Capability == DepositCapability),
                rules.FirstOrDefault(rule => rule.Capability == WithdrawalCapability)))
            .OrderBy(gateway => gateway.Country, StringComparer.Ordinal),
    ];

    public static CountryGateway Find(TenantConfig config, IntegrationMode mode, string country) =>
        All(config, mode).FirstOrDefault(gateway => gateway.Country == country) ?? new CountryGateway(country, null, null);
}
