using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>What is refused for where it would go.</summary>
public static class RoutingErrors
{
    public static readonly ErrorCode NoActiveProvider = new(
        422, "no_active_provider", "no rule and no integration takes it; nothing was queued");
    public static readonly ErrorCode OfGateway = new(
        409, "rule_of_country_gateway", "the rule stands for a country's gateway and is changed there");
    public static readonly ErrorCode TooManyRules = new(422, "too_many_rules", "the tenant has as many routing rules as it may have");
}
