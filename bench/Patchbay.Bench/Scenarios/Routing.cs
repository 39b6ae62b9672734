using System.Diagnostics;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Routing;
using Patchbay.Storage;

namespace Patchbay.Bench.Scenarios;

/// <summary>
/// A routing decision among a thousand rules of one tenant: with conditions that an index finds, and with ones that must each be compared.
/// </summary>
internal static class Routing
{
    private const int Rules = 1_000;
    private const int Decisions = 20_000;

    public static void Run(BenchStage stage)
    {
        var ids = new IdGenerator(TimeProvider.System);
        var tenant = ids.New<TenantId>();
        var indexed = RoutingTable.Compile(Enumerable.Range(0, Rules).Select(i => Rule(i, "eq", $"\"shop-{i}\"")));
        var beginnings = RoutingTable.Compile(Enumerable.Range(0, Rules).Select(i => Rule(i, "prefix", $"\"shop-{i}-\"")));
        var compared = RoutingTable.Compile(Enumerable.Range(0, Rules).Select(i => Rule(i, "gte", $"\"{Rules - i}\"")));
        Measure(stage, indexed, $"shop-{Rules - 1}", "the last of 1,000 rules, found by an index");
        Measure(stage, beginnings, $"shop-{Rules - 1}-north", "the last of 1,000 rules, found by its beginning");
        Measure(stage, compared, "1", "the last of 1,000 rules, each compared as a number");

        RoutingRule Rule(int number, string comparison, string value) => new()
        {
            Id = ids.New<RuleId>(), TenantId = tenant, Mode = IntegrationMode.Live, Capability = "send_sms", Priority = number,
            IntegrationId = ids.New<IntegrationId>(), Conditions = [new Condition("metadata.shop", comparison, JsonDocument.Parse(value).RootElement)],
        };
    }

    private static void Measure(BenchStage stage, RoutingTable table, string shop, string what)
    {
        var context =
            new RoutingContext { Reference = "msg_1", Channel = "sms", Metadata = new Dictionary<string, string> { ["shop"] = shop } };
        var everything = new EverythingWorks();
        if (table.Decide("send_sms", context, everything).IntegrationId is null)
            throw new InvalidOperationException("No rule was found: nothing would be measured.");
        for (var i = 0; i < Decisions; i++)
            table.Decide("send_sms", context, everything);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Decisions; i++)
            table.Decide("send_sms", context, everything);
        var micros = Stopwatch.GetElapsedTime(began).TotalMicroseconds / Decisions;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Decisions;
        stage.Report.AtMost($"routing decision, {what}", 20, micros, " µs");
        stage.Report.AtMost($"allocated by it (the result itself: a decision and its list), {what}", 160, bytes, " bytes");
    }

    private sealed class EverythingWorks : IIntegrationAvailability
    {
        public IntegrationState StateOf(IntegrationId integration, string capability) => IntegrationState.Usable;
    }
}
