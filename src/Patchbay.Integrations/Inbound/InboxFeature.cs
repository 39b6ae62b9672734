using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Retention;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>The inbox over HTTP: what providers reported, what became of it, and replay.</summary>
internal sealed class InboxFeature : IFeature
{
    /// <summary>What has been settled goes.</summary>
    public static readonly Retained Kept = new("inbox", "inbox", TimeSpan.FromDays(90), "id") { Condition = "r.next_at IS NULL" };

    public IReadOnlyList<string> Resources => ["inbox"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<InboxProcessor>().AddSingleton<InboxQueue>().AddSingleton<InboxSweep>().AddSingleton<InboxQueries>()
            .AddSingleton<InboxHandlers>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxQueue>());
        services.AddLoop<InboxSweep>("inbox", TimeSpan.FromMilliseconds(500), sweep => sweep.RunAsync);
        services.AddSingleton<InboxAllowance>().AddSingleton(Kept)
            .AddSingleton(new Expiring("inbox_days", "tenant_id, day, node_id", "kept_until"));
    }

    public void Map(FeatureRoutes hub)
    {
        hub.ActionOn<InboxHandlers, InboxId>("inbox.replay", "POST /inbox/{id}/replay", inbox => inbox.ReplayAsync).Answers<InboxView>(202)
            .Says("Process it again, from its bytes")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus);
        hub.Action<InboxHandlers, ReplayInboxRequest>("inbox.replay_all", "POST /inbox/replay", inbox => inbox.ReplayAllAsync)
            .Answers<ReplayInboxView>(202).Says("Process up to 500 of one status again, the oldest first");
        var group = hub.Api.MapGroup("/inbox").WithTags(hub.Heading);
        group.MapGet("/", ListAsync).RequirePermission("read:inbox").Produces<Page<InboxView>>()
            .WithMetadata(
                QueryParameter.Word<InboxStatus>("status"), QueryParameter.Word<IntegrationMode>("mode"),
                QueryParameter.IdOf<IntegrationId>("integration_id"))
            .WithSummary("Webhooks received from providers, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:inbox").Produces<InboxDetailView>()
            .WithSummary("One of them, with its request as far as it may be shown");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, string? status, [FromQuery(Name = "integration_id")] string? integrationId, string? provider,
        string? mode, InboxQueries inbox, TenantConfigs configs, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var wanted = faults.Word<InboxStatus>(status, "status");
        var world = faults.Word<IntegrationMode>(mode, "mode");
        faults.Require(
            integrationId is null || TypeId.TryParse<IntegrationId>(integrationId, out _), "integration_id",
            $"must be an id of the form {IntegrationId.Prefix}_...");
        if (faults.Any)
            return faults.ToError().ToResult();
        var filter = new InboxFilter(wanted, integrationId is null ? null : TypeId.Parse<IntegrationId>(integrationId), provider)
        {
            Among = world is null ? null : (await configs.GetAsync(caller.Tenant, cancellationToken)).IdsIn(world.Value),
        };
        var entries = await inbox.ListAsync(caller.Tenant, filter, page, cancellationToken);
        return Results.Json(entries.Select(InboxView.From), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(
        Ref<InboxId> id, Caller caller, InboxQueries inbox, Connections connections, CancellationToken cancellationToken)
    {
        if (await inbox.FindAsync(caller.Tenant, id, cancellationToken) is not { } entry)
            return Error.NotFound("webhook in the inbox").ToResult();
        var open = await connections.OpenAsync(caller.Tenant, entry.Key.Integration, cancellationToken);
        IReadOnlyCollection<Secret> secrets = open is null ? [] : [.. open.Connection.Secrets.Values];
        return Results.Json(InboxDetailView.From(entry, secrets), HubJson.Options);
    }
}
