namespace Patchbay.Tests.Architecture;

/// <summary>
/// The house: which rooms there are, from the ground up. A room uses rooms of the lines above its own, of its project or of those below; rooms of one line do
/// not know each other. A new room is added here, as low as it can stand.
/// </summary>
internal static class Floors
{
    /// <summary>The projects, from the ground up; <see cref="ProjectReferencesTests"/> says which may use which.</summary>
    public static readonly Dictionary<string, string[][]> Rooms = new()
    {
        ["Connectors.Contracts"] = [["Values"], ["Http"], ["Failures"], ["Manifests", "Webhooks"], ["."], ["Messages", "Payments"]],
        ["Storage"] = [["Ids"], ["Databases"], ["Tables"], ["Ledger", "Partitions", "Migrations"]],
        ["Connectors"] = [["."], ["Plivo", "Stripe", "Twilio"]],
        ["Sandbox"] = [["."]],
        ["Engine"] = [["Nodes"], ["Deliveries"], ["Policy"], ["Attempts", "Lanes"], ["Runner"], ["Execution"]],
        ["Platform"] =
        [
            ["Features", "Api", "Files", "Loops", "Network", "ShardNames"],
            ["Vault", "Tenants"],
            ["Retention"],
            ["Access"],
            ["Audit", "Events", "Jobs", "Operations"],
            ["Alerts", "Keys"],
            ["Onboarding"],
        ],
        ["Integrations"] = [["Catalog", "Outbound"], ["Deliveries"], ["Integrations"], ["Inbound", "Routing"]],
        ["Hub"] =
        [
            ["Affiliates/Terms"],
            ["Affiliates/Endpoints", "Affiliates/Leads"],
            ["Affiliates/Batches", "Affiliates/Deposits", "Affiliates/Imports"],
            ["Affiliates", "Messages", "Payments", "Webhooks"],
        ],
        ["Server"] = [["Shards"], ["Shards/Moving"], ["Http"], ["Composition"]],
        ["Patchbay"] = [["Telemetry"], ["Hosting"], ["Demo", "Doctor"], ["Demo/Acts"], ["Commands"], ["."]],
    };

    /// <summary>Features know each other only as declared here, and never each other's tables.</summary>
    public static readonly Dictionary<string, string[]> Features = new()
    {
        ["Hub/Affiliates"] = ["Hub/Payments"],
    };
}
