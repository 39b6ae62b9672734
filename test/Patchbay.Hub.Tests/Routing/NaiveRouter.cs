using System.Globalization;
using System.Text.Json;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

/// <summary>Routing as the contract tells it, slow and plain: no compiling, no index, conditions read anew each time.</summary>
internal static class NaiveRouter
{
    public static (RuleId? Rule, IntegrationId? Integration) Decide(
        IEnumerable<RoutingRule> rules, string capability, RoutingContext context, IIntegrationAvailability availability)
    {
        var inOrder = rules
            .Where(rule => rule.IsActive && rule.Capability == capability)
            .OrderBy(rule => rule.IsDefault ? 1 : 0).ThenBy(rule => rule.Priority)
            .ThenBy(rule => rule.Id.ToString(), StringComparer.Ordinal);
        foreach (var rule in inOrder)
        {
            if (!rule.Conditions.All(condition => Holds(condition, context)))
                continue;
            foreach (var candidate in OwnCandidates(rule, context.Reference ?? "").Concat(rule.FallbackIntegrationIds))
            {
                if (availability.StateOf(candidate, capability) == IntegrationState.Usable)
                    return (rule.Id, candidate);
            }
        }

        return (null, null);
    }

    private static bool Holds(Condition condition, RoutingContext context)
    {
        var actual = Actual(condition.Field, context);
        var texts = condition.Value.ValueKind == JsonValueKind.Array
            ? condition.Value.EnumerateArray().Select(value => value.ToString()).ToArray()
            : [condition.Value.ToString()];
        return condition.Operator switch
        {
            "exists" => (actual is not null) == condition.Value.GetBoolean(),
            "neq" or "not_in" => actual is null || !texts.Any(text => Same(condition.Field, actual, text)),
            _ when actual is null => false,
            "eq" or "in" => texts.Any(text => Same(condition.Field, actual, text)),
            "prefix" => actual.StartsWith(texts[0], StringComparison.Ordinal),
            _ when !IsNumber(actual) => false,
            "gt" => Number(actual) > Number(texts[0]),
            "gte" => Number(actual) >= Number(texts[0]),
            "lt" => Number(actual) < Number(texts[0]),
            "lte" => Number(actual) <= Number(texts[0]),
            "between" => Number(actual) >= Number(texts[0]) && Number(actual) <= Number(texts[1]),
            _ => throw new InvalidOperationException(condition.Operator),
        };
    }

    private static string? Actual(string field, RoutingContext context) => field switch
    {
        "region" => context.Region,
        "country" => context.Country,
        "currency" => context.Currency,
        "amount" => context.Amount?.ToString(CultureInfo.InvariantCulture),
        "direction" => context.Direction,
        _ when field.StartsWith("metadata.", StringComparison.Ordinal) => context.Metadata.GetValueOrDefault(field["metadata.".Length..]),
        _ => throw new InvalidOperationException(field),
    };

    private static bool Same(string field, string actual, string expected) =>
        field == "amount" ? Number(actual) == Number(expected) : actual == expected;

    private static bool IsNumber(string text) => decimal.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static List<IntegrationId> OwnCandidates(RoutingRule rule, string reference)
    {
        if (rule.IntegrationId is { } integration)
            return [integration];
        ulong hash = 14695981039346656037;
        foreach (var octet in rule.Id.Value.ToByteArray(bigEndian: true)
            .Concat(reference.SelectMany(letter => new[] { (byte)letter, (byte)(letter >> 8) })))
            hash = unchecked((hash ^ octet) * 1099511628211);

        var order = new List<IntegrationId>();
        var left = rule.Split.ToList();
        while (left.Count > 0)
        {
            hash = unchecked(hash + 0x9e3779b97f4a7c15);
            hash = unchecked((hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9);
            hash = unchecked((hash ^ (hash >> 27)) * 0x94d049bb133111eb);
            hash ^= hash >> 31;
            var tickets = left.SelectMany(share => Enumerable.Repeat(share, share.Weight)).ToList();
            var drawn = tickets[(int)(hash % (ulong)tickets.Count)];
            order.Add(drawn.IntegrationId);
            left.Remove(drawn);
        }

        return order;
    }
}
