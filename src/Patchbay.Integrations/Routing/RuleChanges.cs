using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// Writes rules that were checked against one version of the tenant's configuration; refuses when it is another by now. So what was checked
/// (integrations, defaults, how many rules) still holds when the rules are committed.
/// </summary>
/// <param name="touched">Rules that are there and will be written.</param>
public abstract class RuleWork<TResult>(TenantConfig seen, IReadOnlyList<RoutingRule> touched, string actor, DateTimeOffset now)
    : LedgerWork<Result<TResult, Error>>
{
    private readonly TenantId _tenant = seen.Tenant;

    protected TenantId Tenant => _tenant;

    protected IReadOnlyList<RoutingRule> Touched => touched;

    /// <summary>What is written or deleted.</summary>
    protected virtual IReadOnlyList<RoutingRule> Changed => touched;

    public override void Need(LedgerNeeds needs)
    {
        ConfigVersion.Need(needs, _tenant);
        AuditLog.Need(needs, _tenant);
        foreach (var rule in touched)
            needs.Row(RoutingRuleTable.Instance, new RuleKey(_tenant, rule.Id));
    }

    public override Result<TResult, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(TenantTable.Instance, _tenant)!.ConfigVersion != seen.Version)
            return Error.ChangedMeanwhile();
        ConfigVersion.Raise(rows, _tenant, [.. Changed.Select(rule => rule.Id.ToString())]);
        return Write(rows);
    }

    protected abstract TResult Write(LedgerRows rows);

    protected void Audit(LedgerRows rows, string action, string subject, object detail) =>
        AuditLog.Write(rows, _tenant, actor, action, subject, detail, now);
}

internal sealed class InsertRule(TenantConfig seen, RoutingRule rule, string actor, DateTimeOffset now)
    : RuleWork<RoutingRule>(seen, [], actor, now)
{
    protected override IReadOnlyList<RoutingRule> Changed => [rule];

    protected override RoutingRule Write(LedgerRows rows)
    {
        rows.Insert(RoutingRuleTable.Instance, rule);
        Audit(rows, "routing.create", rule.Id.ToString(), RuleView.From(rule));
        return rule;
    }
}

/// <summary>The audit keeps the rule as it was and as it is: rules decide where money goes.</summary>
internal sealed class UpdateRule(TenantConfig seen, RoutingRule before, RoutingRule after, string actor, DateTimeOffset now)
    : RuleWork<RoutingRule>(seen, [before], actor, now)
{
    protected override RoutingRule Write(LedgerRows rows)
    {
        rows.Update(RoutingRuleTable.Instance, after);
        Audit(rows, "routing.update", after.Id.ToString(), new { before = RuleView.From(before), after = RuleView.From(after) });
        return after;
    }
}

internal sealed class DeleteRule(TenantConfig seen, RoutingRule rule, string actor, DateTimeOffset now)
    : RuleWork<RoutingRule>(seen, [rule], actor, now)
{
    protected override RoutingRule Write(LedgerRows rows)
    {
        rows.Delete(RoutingRuleTable.Instance, new RuleKey(Tenant, rule.Id));
        Audit(rows, "routing.delete", rule.Id.ToString(), RuleView.From(rule));
        return rule;
    }
}

/// <param name="ordered">With their new priorities.</param>
internal sealed class ReorderRules(
    TenantConfig seen, string capability, IReadOnlyList<RoutingRule> ordered, string actor, DateTimeOffset now)
    : RuleWork<IReadOnlyList<RoutingRule>>(seen, ordered, actor, now)
{
    protected override IReadOnlyList<RoutingRule> Write(LedgerRows rows)
    {
        foreach (var rule in Touched)
            rows.Update(RoutingRuleTable.Instance, rule);
        Audit(rows, "routing.reorder", capability, new { ids = Touched.Select(rule => rule.Id) });
        return Touched;
    }
}

/// <summary>Puts rules in the place of others, in one change.</summary>
/// <param name="before">That are there.</param>
/// <param name="after">Those with an id of <paramref name="before"/> are changed, others are new; of the rest nothing stays.</param>
/// <param name="subject">Whose they are, for the audit.</param>
public sealed class ReplaceRules(
    TenantConfig seen, IReadOnlyList<RoutingRule> before, IReadOnlyList<RoutingRule> after, string action, string subject, string actor,
    DateTimeOffset now)
    : RuleWork<IReadOnlyList<RoutingRule>>(seen, before, actor, now)
{
    protected override IReadOnlyList<RoutingRule> Changed => [.. Touched.UnionBy(after, rule => rule.Id)];

    protected override IReadOnlyList<RoutingRule> Write(LedgerRows rows)
    {
        foreach (var rule in Touched.ExceptBy(after.Select(one => one.Id), rule => rule.Id))
            rows.Delete(RoutingRuleTable.Instance, rule.Key);
        foreach (var rule in after)
        {
            if (Touched.Any(one => one.Id == rule.Id))
                rows.Update(RoutingRuleTable.Instance, rule);
            else
                rows.Insert(RoutingRuleTable.Instance, rule);
        }

        Audit(rows, action, subject, new { before = Touched.Select(RuleView.From), after = after.Select(RuleView.From) });
        return after;
    }
}
