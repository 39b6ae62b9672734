namespace Patchbay.Tests.Architecture;

/// <summary>
/// The house: which rooms there are, from the ground up. A room uses rooms of the lines above its own, of its project or of those below;
/// rooms of one line do not know each other. A new room is added here, as low as it can stand; where a line has a star, one that is not
/// named stands there, so that a provider or a feature is added without a word here.
/// </summary>
internal static class Floors
{
    public const string AnyOther = "*";

    /// <summary>The projects, from the ground up; <see cref="ProjectReferencesTests"/> says which may use which.</summary>
    public static readonly Dictionary<string, string[][]> Rooms = new()
    {
        ["Connectors.Contracts"] =
        [
            ["Failures", "Values"],
            [".", "Http"],
            ["Manifests", "Tokens", "Webhooks"],
            ["Messages", "Payments", "Payouts"],
        ],
        ["Storage"] = [["Ids"], ["Databases"], ["Migrations", "Partitions", "Tables"], ["Ledger"]],
        ["Connectors"] = [["Instructed"], [".", AnyOther]],
        ["Sandbox"] =
        [
            ["Faults", "Http", "Ledger", "Running"],
            ["Webhooks"],
            ["Vendors"],
            ["Control", "Messages", "OAuth", "Payments"],
            ["Stripe/Wire"],
            [".", AnyOther],
        ],
        ["Engine"] = [["Nodes"], ["Deliveries"], ["Lanes", "Policy"], ["Attempts"], ["Runner"], ["Execution"]],
        ["Platform"] =
        [
            ["Api", "Features", "Files", "Loops", "ShardNames"],
            ["Network", "Retention", "Vault"],
            ["Tenants"],
            ["Access"],
            ["Audit", "Events", "Jobs", "Operations"],
            ["Alerts", "Keys"],
            ["Onboarding"],
        ],
        ["Integrations"] =
        [
            ["Catalog", "Outbound"],
            ["Deliveries"],
            ["Costs", "Timeline", "Tokens"],
            ["Integrations"],
            ["Calls", "Inbound", "Routing"],
            ["Connect"],
        ],
        ["Hub"] =
        [
            ["Suppressions"],
            [AnyOther, "Reconciliation/Files"],
            ["Affiliates/Terms", "CountryGateways", "Mirror/Names", "PaymentLinks", "Payouts",
                "Reconciliation/Entries"],
            ["Affiliates/Endpoints", "Affiliates/Leads", "Mirror/Customers", "Mirror/Expenses", "Reconciliation/Matching"],
            ["Affiliates/Batches", "Affiliates/Deposits", "Affiliates/Imports", "Mirror/Invoices", "Reconciliation/Decisions",
                "Reconciliation/Imports"],
            ["Affiliates", "PaymentGateways", "Reconciliation/Report"],
            ["Reconciliation"],
        ],
        ["Server"] = [["Shards"], ["Shards/Moving"], ["Http"], ["Document"], ["Composition"]],
        ["Patchbay"] = [["Telemetry"], ["Hosting"], ["Playing"], ["Demo/Props", "Doctor"], ["Demo/Acts"], ["Demo"], ["Commands"], ["."]],
    };

    /// <summary>Features know each other only as declared here, and never each other's tables.</summary>
    public static readonly Dictionary<string, string[]> Features = new()
    {
        ["Affiliates"] = ["Payments"],
        ["CountryGateways"] = ["Payments"],
        ["Messages"] = ["Suppressions"],
        ["Mirror"] = ["Payments"],
        ["PaymentGateways"] = ["Mirror", "Payments"],
        ["PaymentLinks"] = ["Payments"],
        ["Payouts"] = ["Payments"],
        ["Reconciliation"] = ["Mirror", "Payments", "Payouts"],
    };
}
