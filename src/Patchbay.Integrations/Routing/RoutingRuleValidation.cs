using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// Everything about a rule that can be judged without looking at anything else. That its capability and its integrations exist is not.
/// </summary>
public static class RoutingRuleValidation
{
    public const int MaxConditions = 20;
    public const int MaxFallbacks = 10;
    public const int MaxSplit = 10;
    public const int MaxNoteLength = 500;

    /// <summary>The rule with its conditions in stored form, or all its faults.</summary>
    /// <param name="found">Faults found before, for example by <see cref="ConditionReader"/>; they are part of the answer.</param>
    public static Result<RoutingRule, Faults> Validate(RoutingRule rule, Faults? found = null)
    {
        var faults = found ?? new Faults();
        if (rule.Note?.Length > MaxNoteLength)
            faults.Add("note", $"must have at most {MaxNoteLength} characters");

        if (rule.Note?.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) == true)
            faults.Add("note", "must not have control characters other than line ends and tabs");

        ValidateTarget(rule, faults);
        ValidateFallbacks(rule, faults);
        return ValidateConditions(rule, faults) is { } conditions && faults.IsEmpty ? rule with { Conditions = conditions } : faults;
    }

    private static void ValidateTarget(RoutingRule rule, Faults faults)
    {
        if (rule.IntegrationId is null == (rule.Split.Count == 0))
            faults.Add("integration_id", "give exactly one of integration_id and split");
        if (rule.Split.Count > MaxSplit)
            faults.Add("split", $"must have at most {MaxSplit} members");

        var members = new HashSet<IntegrationId>();
        for (var i = 0; i < rule.Split.Count; i++)
        {
            if (rule.Split[i].Weight <= 0)
                faults.Add($"split[{i}].weight", "must be above 0");
            if (!members.Add(rule.Split[i].IntegrationId))
                faults.Add($"split[{i}].integration_id", "is in the split twice");
        }
    }

    private static void ValidateFallbacks(RoutingRule rule, Faults faults)
    {
        if (rule.FallbackIntegrationIds.Count > MaxFallbacks)
            faults.Add("fallback_integration_ids", $"must have at most {MaxFallbacks} members");

        var seen = new HashSet<IntegrationId>();
        for (var i = 0; i < rule.FallbackIntegrationIds.Count; i++)
        {
            var fallback = rule.FallbackIntegrationIds[i];
            if (!seen.Add(fallback))
                faults.Add($"fallback_integration_ids[{i}]", "is in the list twice");
            if (fallback == rule.IntegrationId || rule.Split.Any(share => share.IntegrationId == fallback))
                faults.Add($"fallback_integration_ids[{i}]", "is what the rule chooses anyway");
        }
    }

    private static IReadOnlyList<Condition>? ValidateConditions(RoutingRule rule, Faults faults)
    {
        if (rule.IsDefault && rule.Conditions.Count > 0)
            faults.Add("conditions", "must be empty in a default rule");
        if (rule.Conditions.Count <= MaxConditions)
            return ConditionCompiler.Normalize(rule.Conditions, faults);
        faults.Add("conditions", $"must have at most {MaxConditions} members");
        return null;
    }
}
