using System.Text.Json;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

public readonly record struct SuppressionKey(TenantId Tenant, SuppressionId Id);

/// <summary>An event that an affiliate's portal was not told, and why.</summary>
/// <param name="Event">Its type, for example <c>lead.deposit</c>.</param>
/// <param name="Rule">See <see cref="SuppressionRules"/>.</param>
/// <param name="Data">What would have been told, as JSON.</param>
[LedgerTable("affiliate_suppressions", OnlyInserted = true)]
public sealed partial record Suppression(
    [Key] SuppressionKey Key, string AffiliateId, string AffiliateLeadId, string Event, string Rule, string Reason, string Data,
    DateTimeOffset CreatedAt);

/// <summary>Why events are withheld.</summary>
public static class SuppressionRules
{
    /// <summary><c>lead.ftd</c> is the last event of a lead.</summary>
    public const string AfterFtd = "after_ftd";

    /// <summary>It waited 30 days for an endpoint of the affiliate.</summary>
    public const string NoEndpoint = "no_endpoint";
}

/// <summary>A withheld event as the API shows it.</summary>
/// <param name="Event">Its type.</param>
/// <param name="Rule"><c>after_ftd</c> or <c>no_endpoint</c>.</param>
/// <param name="Reason">For people.</param>
/// <param name="Data">What would have been told.</param>
public sealed record SuppressionView(
    SuppressionId Id, string AffiliateId, string AffiliateLeadId, string Event, string Rule, string Reason, JsonElement Data,
    DateTimeOffset CreatedAt)
{
    public static SuppressionView From(Suppression entry) => new(
        entry.Key.Id, entry.AffiliateId, entry.AffiliateLeadId, entry.Event, entry.Rule, entry.Reason, JsonElement.Parse(entry.Data),
        entry.CreatedAt);
}
