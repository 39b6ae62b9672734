using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>What can be done with endpoints: each method validates and prepares one change.</summary>
internal sealed class WebhookHandlers(
    TenantConfigs configs, TenantVault vault, OutboundUrl urls, EventTypes types, TestWebhook tests, DeliveryEngine engine, Database database, IdGenerator ids, TimeProvider time)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>A little longer than an answer may take.</summary>
    private static readonly TimeSpan TestWait = OutboundSender.Limit + TimeSpan.FromSeconds(3);

    public async Task<Webhook?> FindAsync(Caller caller, WebhookId id, CancellationToken cancellationToken) =>
        (await configs.GetAsync(caller.Tenant, cancellationToken)).Part<WebhookSet>().Find(id);

    public async Task<Result<Operation, Error>> CreateAsync(Caller caller, CreateWebhookRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        WebhookInput.Check(
            new ChangeWebhookRequest(request.Url ?? "", request.Events ?? [], null, request.Description, request.Headers, null, null, null, null, request.RateLimit, request.Retry),
            urls, types, faults);
        var secret = request.Secret is null ? WebhookSecret.New() : WebhookSecret.Read(request.Secret, "secret", faults);
        var (certificate, shown) = WebhookInput.Certificate(request.ClientCertificate, faults);
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        faults.Require(config.Part<WebhookSet>().ById.Count < WebhookSet.Max, "url", $"a tenant can have at most {WebhookSet.Max} endpoints");
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var seal = new SecretReply(cipher);
        if (faults.Any)
            return Operation.Refused(faults.ToError(), seal);

        var now = time.GetUtcNow();
        var id = ids.New<WebhookId>();
        var headers = request.Headers ?? new Dictionary<string, string>();
        var webhook = new Webhook
        {
            TenantId = caller.Tenant,
            Id = id,
            Url = request.Url!,
            Events = request.Events!,
            Description = request.Description,
            HeaderNames = [.. headers.Keys],
            SealedSecrets = new WebhookSecrets(secret.Reveal(), null, headers, certificate).Seal(cipher, id),
            Certificate = shown,
            IsActive = request.IsActive ?? true,
            DisabledAt = request.IsActive is false ? now : null,
            PayloadMode = request.PayloadMode ?? PayloadMode.Full,
            ContentMode = request.ContentMode ?? ContentMode.Standard,
            Ordered = request.Ordered ?? false,
            RateLimit = request.RateLimit is > 0 ? request.RateLimit : null,
            Schedule = request.Retry?.Schedule,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var relay = new WebhookRelayState { Key = webhook.Key, IsActive = webhook.IsActive, Position = ids.New<EventId>() };
        return new Operation(new InsertWebhook(webhook, relay, caller.Actor, Reply.Created(WebhookView.From(webhook, secret.Reveal()), $"/api/v1/webhooks/{id}")))
        {
            ChangesConfig = true, Seal = seal,
        };
    }

    public async Task<Result<Operation, Error>> ChangeAsync(Caller caller, WebhookId id, ChangeWebhookRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var faults = new Faults();
        WebhookInput.Check(request, urls, types, faults);
        var (certificate, shown) = WebhookInput.Certificate(request.ClientCertificate, faults);
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var secrets = WebhookSecrets.Open(cipher, present);
        var rotates = request.Secret is not null && request.Secret != secrets.Signing;
        if (rotates)
            WebhookSecret.Read(request.Secret!, "secret", faults);
        if (faults.Any)
            return faults.ToError();

        var now = time.GetUtcNow();
        var headers = request.Headers is null ? secrets.Headers : WebhookSecrets.Merge(secrets.Headers, request.Headers);
        var next = secrets with { Headers = headers, Certificate = request.ClientCertificate is null ? secrets.Certificate : certificate };
        if (rotates)
            next = next with { Signing = request.Secret!, Previous = secrets.Signing };
        var sealedSecrets = next.Seal(cipher, id);
        return new Operation(Change(present.Key, Apply, caller, "webhook.update", new { fields = Named(request) }, now)) { ChangesConfig = true };

        Result<(Webhook, WebhookRelayState), Error> Apply(Webhook before, WebhookRelayState relay)
        {
            if (!before.SealedSecrets.AsSpan().SequenceEqual(present.SealedSecrets))
                return Error.ChangedMeanwhile();
            var after = before with
            {
                Url = request.Url ?? before.Url,
                Events = request.Events ?? before.Events,
                Description = request.Description is null ? before.Description : request.Description.Length == 0 ? null : request.Description,
                HeaderNames = [.. headers.Keys],
                SealedSecrets = sealedSecrets,
                Certificate = request.ClientCertificate is null ? before.Certificate : shown,
                PayloadMode = request.PayloadMode ?? before.PayloadMode,
                ContentMode = request.ContentMode ?? before.ContentMode,
                Ordered = request.Ordered ?? before.Ordered,
                RateLimit = request.RateLimit is null ? before.RateLimit : request.RateLimit > 0 ? request.RateLimit : null,
                Schedule = request.Retry is null ? before.Schedule : request.Retry.Schedule,
                PreviousSecretUntil = rotates ? now + Overlap : before.PreviousSecretUntil,
                UpdatedAt = now,
            };
            return request.IsActive switch
            {
                true => WebhookSwitch.Activate(after, relay, now),
                false => WebhookSwitch.Deactivate(after, relay, now),
                null => (after, relay),
            };
        }
    }

    /// <summary>Held events go out. It may be active already.</summary>
    public async Task<Result<Operation, Error>> ActivateAsync(Caller caller, WebhookId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var now = time.GetUtcNow();
        return new Operation(Change(present.Key, (webhook, relay) => WebhookSwitch.Activate(webhook, relay, now), caller, "webhook.activate", new { }, now)) { ChangesConfig = true };
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, WebhookId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var now = time.GetUtcNow();
        return new Operation(Change(
            present.Key,
            (webhook, relay) => (webhook with { IsActive = false, DeletedAt = now, UpdatedAt = now, SealedSecrets = [], Certificate = null }, relay.Recovered() with { IsActive = false, CheckAt = now }),
            caller, "webhook.delete", new { present.Url }, now))
        {
            ChangesConfig = true,
        };
    }

    public async Task<Result<Operation, Error>> RotateAsync(Caller caller, WebhookId id, RotateSecretRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var seal = new SecretReply(cipher);
        var faults = new Faults();
        var secret = request.Secret is null ? WebhookSecret.New() : WebhookSecret.Read(request.Secret, "secret", faults);
        if (faults.Any)
            return Operation.Refused(faults.ToError(), seal);
        var now = time.GetUtcNow();
        var secrets = WebhookSecrets.Open(cipher, present);
        var sealedSecrets = (secrets with { Signing = secret.Reveal(), Previous = secrets.Signing }).Seal(cipher, id);
        return new Operation(new ChangeWebhook(
            present.Key,
            (webhook, relay) => webhook.SealedSecrets.AsSpan().SequenceEqual(present.SealedSecrets)
                ? (webhook with { SealedSecrets = sealedSecrets, PreviousSecretUntil = now + Overlap, UpdatedAt = now }, relay)
                : Error.ChangedMeanwhile(),
            caller.Actor, "webhook.rotate_secret", new { }, now, webhook => Reply.Ok(WebhookView.From(webhook, secret.Reveal()))))
        {
            ChangesConfig = true, Seal = seal,
        };
    }

    public async Task<Result<Operation, Error>> TestAsync(Caller caller, WebhookId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var test = await engine.PlaceAsync(tests.NewDelivery(present, caller.TraceParent), cancellationToken);
        var accepted = Reply.Accepted(new WebhookTestView(id, test.Id, null, null), $"/api/v1/deliveries/{test.Id}");
        return new Operation(new InsertTest(test, caller.Actor, accepted)) { Delivery = test, DefaultWait = TestWait, AfterOutcome = token => ReadTestAsync(test, accepted, token) };
    }

    private static ChangeWebhook Change(
        WebhookKey key, Func<Webhook, WebhookRelayState, Result<(Webhook, WebhookRelayState), Error>> change, Caller caller, string action, object detail, DateTimeOffset now) =>
        new(key, change, caller.Actor, action, detail, now, webhook => Reply.Ok(WebhookView.From(webhook)));

    private async Task<Reply> ReadTestAsync(Delivery test, Reply accepted, CancellationToken cancellationToken)
    {
        var attempt = await database.FindAsync(
            "SELECT * FROM attempts WHERE tenant_id = @TenantId AND delivery_id = @Id ORDER BY number DESC LIMIT 1", new { test.TenantId, test.Id }, AttemptTable.Instance.Read,
            cancellationToken);
        return attempt is null
            ? accepted
            : Reply.Ok(new WebhookTestView(new WebhookId(test.SubjectId), test.Id, attempt.Outcome == AttemptOutcome.Ok, WebhookAttemptView.From(attempt)));
    }

    private static IEnumerable<string> Named(ChangeWebhookRequest request) => typeof(ChangeWebhookRequest).GetProperties()
        .Where(property => property.GetValue(request) is not null).Select(property => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
}
