using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Routing;

/// <summary>What can be done with routing rules: each method validates and prepares one change.</summary>
public sealed class RuleHandlers(
    TenantConfigs configs, OfferedCapabilities capabilities, LimitOptions limits, IdGenerator ids, TimeProvider time)
{
    private const int MaxPriority = 1_000_000;
    private const int PriorityStep = 10;

    public async Task<Result<Operation, Error>> CreateAsync(Caller caller, CreateRuleRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var config = await ReadAsync(caller, cancellationToken);
        var now = time.GetUtcNow();
        capabilities.Check(request.Capability ?? "", "capability", faults);
        var wanted = new RoutingRule
        {
            Id = ids.New<RuleId>(),
            TenantId = caller.Tenant,
            Mode = caller.Mode,
            Capability = request.Capability ?? "",
            Priority = request.Priority ?? NextPriority(config, caller.Mode, request.Capability),
            Conditions = request.Conditions is { } conditions ? ConditionReader.Read(conditions, faults) : [],
            IntegrationId = request.IntegrationId,
            Split = ReadSplit(request.Split, faults),
            FallbackIntegrationIds = request.FallbackIntegrationIds ?? [],
            IsDefault = request.IsDefault,
            IsActive = request.IsActive,
            Note = request.Note,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (Check(config, wanted, faults) is not { } rule)
            return faults.ToError();
        if (RoutingErrors.TooManyRules.UnlessBelow(
            limits.RoutingRules, config.RuleList.Count, "routing rules", nameof(limits.RoutingRules)) is { } full)
            return full;
        return new Operation(new InsertRule(config, rule, caller.Actor, now).As(
            made => Reply.Created(RuleView.From(made), $"/api/v1/routing-rules/{made.Id}")))
        {
            ChangesConfig = true,
        };
    }

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, RuleId id, ChangeRuleRequest request, CancellationToken cancellationToken)
    {
        var config = await ReadAsync(caller, cancellationToken);
        if (Find(config, id) is not { } before)
            return Error.NotFound("routing rule");
        if ((caller.RefusalIn(before.Mode) ?? OfGateway(before)) is { } refusal)
            return refusal;
        var faults = new Faults();
        var now = time.GetUtcNow();
        // An integration takes the place of a split and the other way round; both in one request is refused by the validation.
        var wanted = before with
        {
            Priority = request.Priority ?? before.Priority,
            Conditions = request.Conditions is { } conditions ? ConditionReader.Read(conditions, faults) : before.Conditions,
            IntegrationId = request.Split is { Count: > 0 } ? request.IntegrationId : request.IntegrationId ?? before.IntegrationId,
            Split = request.Split is not null ? ReadSplit(request.Split, faults) : request.IntegrationId is not null ? [] : before.Split,
            FallbackIntegrationIds = request.FallbackIntegrationIds ?? before.FallbackIntegrationIds,
            IsDefault = request.IsDefault ?? before.IsDefault,
            IsActive = request.IsActive ?? before.IsActive,
            Note = request.Note is "" ? null : request.Note ?? before.Note,
            UpdatedAt = now,
        };
        return Check(config, wanted, faults) is { } after
            ? new Operation(
                new UpdateRule(config, before, after, caller.Actor, now).As(made => Reply.Ok(RuleView.From(made)))) { ChangesConfig = true }
            : faults.ToError();
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, RuleId id, CancellationToken cancellationToken)
    {
        var config = await ReadAsync(caller, cancellationToken);
        if (Find(config, id) is not { } rule)
            return Error.NotFound("routing rule");
        return caller.RefusalIn(rule.Mode) ?? OfGateway(rule) ?? (Result<Operation, Error>)new Operation(
            new DeleteRule(config, rule, caller.Actor, time.GetUtcNow()).As(
                deleted => Reply.Ok(RuleView.From(deleted)))) { ChangesConfig = true };
    }

    public async Task<Result<Operation, Error>> ReorderAsync(
        Caller caller, ReorderRulesRequest request, CancellationToken cancellationToken)
    {
        var config = await ReadAsync(caller, cancellationToken);
        var wanted = request.Ids ?? [];
        if (wanted.Count == 0)
            return Error.Invalid("ids", "must name all rules of one capability");
        var byId = config.RuleList.Where(rule => rule.Mode == caller.Mode && rule.GatewayCountry is null)
            .ToDictionary(rule => rule.Id);
        var faults = new Faults();
        var seen = new HashSet<RuleId>();
        var capability = byId.GetValueOrDefault(wanted[0])?.Capability;
        for (var i = 0; i < wanted.Count; i++)
        {
            var rule = byId.GetValueOrDefault(wanted[i]);
            faults.Require(rule is not null, $"ids[{i}]", $"is not one of your rules in {caller.Mode.ToWord()} mode");
            faults.Require(rule is null || capability is null
                || rule.Capability == capability, $"ids[{i}]", $"is a rule for another capability than {capability}");
            faults.Require(seen.Add(wanted[i]), $"ids[{i}]", "is in the list twice");
        }

        var missing = byId.Values.Where(rule => rule.Capability == capability && !rule.IsDefault && !seen.Contains(rule.Id))
            .Select(rule => rule.Id.ToString()).ToList();
        faults.Require(missing.Count == 0, "ids", $"must name all rules of the capability; missing: {string.Join(", ", missing.Take(20))}");
        if (faults.Any)
            return faults.ToError();

        var now = time.GetUtcNow();
        var ordered = wanted.Select((id, i) => byId[id] with { Priority = (i + 1) * PriorityStep, UpdatedAt = now }).ToList();
        return new Operation(new ReorderRules(config, capability!, ordered, caller.Actor, now)
            .As(rules => Reply.Ok(new Page<RuleView>(rules.Select(RuleView.From).ToArray(), null, false))))
        {
            ChangesConfig = true,
        };
    }

    /// <summary>Why a rule is not changed by itself; null when it is.</summary>
    private static Error? OfGateway(RoutingRule rule) => rule.GatewayCountry is { } country
        ? RoutingErrors.OfGateway.With($"It stands for the gateway of {country}: change it with PUT /api/v1/payments/routing/{country}.")
        : null;

    /// <summary>Fresh from the database: what another node, or a check, has changed a moment ago must not make the commit refuse.</summary>
    private async Task<TenantConfig> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await configs.RefreshAsync(caller.Tenant, cancellationToken);
        return await configs.GetAsync(caller.Tenant, cancellationToken);
    }

    /// <summary>The rule in stored form, or null and its faults.</summary>
    private static RoutingRule? Check(TenantConfig config, RoutingRule rule, Faults faults)
    {
        faults.Require(rule.Priority is >= -MaxPriority and <= MaxPriority, "priority", $"must be from {-MaxPriority} to {MaxPriority}");
        if (rule.IsDefault && config.RuleList.FirstOrDefault(
            other => other.IsDefault && (other.Mode, other.Capability) == (rule.Mode, rule.Capability)
                && other.Id != rule.Id) is { } present)
            faults.Add("is_default", $"{present.Id} is the default of this capability in {rule.Mode.ToWord()} mode already");
        CheckIntegration(config, rule, rule.IntegrationId, "integration_id", faults);
        for (var i = 0; i < rule.Split.Count; i++)
            CheckIntegration(config, rule, rule.Split[i].IntegrationId, $"split[{i}].integration_id", faults);
        for (var i = 0; i < rule.FallbackIntegrationIds.Count; i++)
            CheckIntegration(config, rule, rule.FallbackIntegrationIds[i], $"fallback_integration_ids[{i}]", faults);
        var result = RoutingRuleValidation.Validate(rule, faults);
        return result.IsSuccess ? result.Value : null;
    }

    private static void CheckIntegration(TenantConfig config, RoutingRule rule, IntegrationId? id, string field, Faults faults)
    {
        if (id is not { } wanted || faults.Concern(field))
            return;
        if (!config.Integrations.TryGetValue(wanted, out var integration) || integration.Mode != rule.Mode)
            faults.Add(field, $"is not one of your integrations in {rule.Mode.ToWord()} mode");
        else if (!faults.Concern("capability") && !integration.Capabilities.Contains(rule.Capability))
            faults.Add(field, $"does not do {rule.Capability}");
    }

    private static List<SplitShare> ReadSplit(IReadOnlyList<SplitRequest>? split, Faults faults)
    {
        var shares = new List<SplitShare>();
        for (var i = 0; i < split?.Count; i++)
        {
            faults.Require(split[i].IntegrationId is not null, $"split[{i}].integration_id", "is required");
            faults.Require(split[i].Weight is not null, $"split[{i}].weight", "is required");
            shares.Add(new SplitShare(split[i].IntegrationId ?? default, split[i].Weight ?? 1));
        }

        return shares;
    }

    private static int NextPriority(TenantConfig config, IntegrationMode mode, string? capability) =>
        Math.Min(MaxPriority, config.RuleList
            .Where(rule => rule.Mode == mode && rule.Capability == capability && rule is { IsDefault: false, GatewayCountry: null })
            .Select(rule => rule.Priority).DefaultIfEmpty(0).Max() + PriorityStep);

    private static RoutingRule? Find(TenantConfig config, RuleId id) => config.RuleList.FirstOrDefault(rule => rule.Id == id);
}
