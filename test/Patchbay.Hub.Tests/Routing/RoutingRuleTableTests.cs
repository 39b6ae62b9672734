using System.Text.Json;
using Patchbay.Integrations.Routing;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingRuleTableTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Other = new(ARule.RuleNamed(500).Value);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("patchbay-routing").FullName;
    private SqliteDatabase _database = null!;
    private Ledger _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "test.db"));
        var migrations = Migration.Load(_database.Kind, [typeof(RoutingRule).Assembly])
            .Where(migration => migration.Name is "0250_integrations" or "0300_routing_rules" or "0790_rule_modes"
                or "0820_country_gateways").ToList();
        await new Migrator(_database, migrations, TimeProvider.System).MigrateAsync(_ct);
        _ledger = new Ledger(_database, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_rule_is_read_as_it_was_written()
    {
        var simple = ARule.To(1, id: 1).When("country", "in", new[] { "AR", "BR" })
            .FallingBackTo(2, 3) with { Note = "é", CreatedAt = Noon, UpdatedAt = Noon };
        var split = ARule.Splitting((1, 70), (2, 30))
            with { Id = ARule.RuleNamed(2), IsActive = false, CreatedAt = Noon, UpdatedAt = Noon };
        await SaveAsync(simple, split);
        Assert.Equal(Json(simple), Json(await new RoutingRules(_database).FindAsync(simple.TenantId, simple.Id, _ct)));
        Assert.Equal(Json(split), Json(await new RoutingRules(_database).FindAsync(split.TenantId, split.Id, _ct)));
    }

    [Fact]
    public async Task Rules_are_listed_by_priority_then_id_and_only_the_tenants_own()
    {
        await SaveAsync(
            ARule.To(1, id: 300, priority: 2), ARule.To(1, id: 4, priority: 2), ARule.To(1, id: 9, priority: -5),
            ARule.To(1, id: 1, priority: 0) with { TenantId = Other });
        var rules = await _database.QueryAsync(
            "SELECT * FROM routing_rules WHERE tenant_id = @Tenant", new { ARule.Tenant }, RoutingRuleTable.Instance.Read, _ct);
        Assert.Equal([ARule.RuleNamed(9), ARule.RuleNamed(4), ARule.RuleNamed(300)], new RuleSet(rules).All.Select(rule => rule.Id));
        Assert.Null(await new RoutingRules(_database).FindAsync(ARule.Tenant, ARule.RuleNamed(1), _ct));
    }

    [Fact]
    public async Task A_changed_rule_keeps_when_it_was_made()
    {
        var rule = ARule.To(1) with { CreatedAt = Noon, UpdatedAt = Noon };
        await SaveAsync(rule);
        var changed = ARule.Splitting((4, 1), (5, 1)) with { Id = rule.Id, Priority = 9, CreatedAt = Noon, UpdatedAt = Noon.AddDays(1) };
        await _ledger.CommitAsync(new Change(changed), _ct);
        Assert.Equal(Json(changed), Json(await new RoutingRules(_database).FindAsync(rule.TenantId, rule.Id, _ct)));
    }

    private static string Json(RoutingRule? rule) => JsonSerializer.Serialize(RuleView.From(rule!));

    private Task SaveAsync(params RoutingRule[] rules) => _ledger.CommitAsync(new Insert(rules), _ct);

    private sealed class Insert(RoutingRule[] rules) : LedgerWork<int>
    {
        public override int Decide(LedgerRows rows)
        {
            foreach (var rule in rules)
                rows.Insert(RoutingRuleTable.Instance, rule);
            return rules.Length;
        }
    }

    private sealed class Change(RoutingRule rule) : LedgerWork<RoutingRule?>
    {
        private readonly RuleKey _key = new(rule.TenantId, rule.Id);

        public override void Need(LedgerNeeds needs) => needs.Row(RoutingRuleTable.Instance, _key);

        public override RoutingRule? Decide(LedgerRows rows)
        {
            var before = rows.Find(RoutingRuleTable.Instance, _key);
            rows.Update(RoutingRuleTable.Instance, rule);
            return before;
        }
    }
}
