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
    TenantConfigs configs, TenantVault vault, OutboundUrl urls, EventTypes types, TestWebhook tests, DeliveryEngine engine,
    LimitOptions limits, Database database, IdGenerator ids, TimeProvider time)
{
    /// <summary>A little longer than an answer may take.</summary>
    private static readonly TimeSpan TestWait = OutboundSender.Limit + TimeSpan.FromSeconds(3);

    public async Task<Webhook?> FindAsync(Caller caller, WebhookId id, CancellationToken cancellationToken) =>
        await configs.FindAsync(caller.Tenant, id, cancellationToken);

    public async Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateWebhookRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        WebhookInput.Check(
            new ChangeWebhookRequest(
                request.Url ?? "", request.Events ?? [], null, request.Description, request.Headers, null, null, null, null,
                request.RateLimit, request.Retry),
            urls, types, faults);
        var secret = WebhookSecret.ReadOrNew(request.Secret, "secret", faults);
        var (certificate, shown) = WebhookInput.Certificate(request.ClientCertificate, faults);
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var seal = new SecretReply(cipher);
        if (faults.Any)
            return Operation.Refused(faults.ToError(), seal);
        await configs.RefreshAsync(caller.Tenant, cancellationToken);   // those that another node made a moment ago count too
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var present = config.Part<WebhookSet>().ById.Count;
        if (WebhookErrors.TooMany.UnlessBelow(
            limits.WebhookEndpoints, present, "webhook endpoints", nameof(limits.WebhookEndpoints)) is { } full)
            return Operation.Refused(full, seal);

        var webhook = New(caller, request, cipher, secret, certificate, shown);
        var relay = new WebhookRelayState { Key = webhook.Key, IsActive = webhook.IsActive, Position = ids.New<EventId>() };
        var reply = Reply.Created(WebhookView.From(webhook, secret.Reveal()), $"/api/v1/webhooks/{webhook.Id}");
        var work = new InsertWebhook(webhook, relay, caller.Actor, reply);
        return new Operation(new WithinLimit(config, present, limits.WebhookEndpoints, work)) { ChangesConfig = true, Seal = seal };
    }

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, WebhookId id, ChangeWebhookRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var faults = new Faults();
        WebhookInput.Check(request, urls, types, faults);
        var (certificate, shown) = WebhookInput.Certificate(request.ClientCertificate, faults);
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var secrets = EndpointSecrets.Open(cipher, present);
        var rotates = request.Secret is not null && request.Secret != secrets.Signing;
        if (rotates)
            WebhookSecret.Read(request.Secret!, "secret", faults);
        var headers = request.Url is { } url && url != present.Url ? EndpointSecrets.Afresh(request.Headers, "headers", faults)
            : request.Headers is null ? secrets.Headers : secrets.Merge(request.Headers);
        if (faults.Any)
            return faults.ToError();

        var now = time.GetUtcNow();
        var next = secrets with
        {
            Headers = headers,
            Certificate = request.ClientCertificate is null ? secrets.Certificate : certificate,
        };
        if (rotates)
            next = next.ReplacedBy(request.Secret!);
        var edit = new WebhookEdit(request, present, [.. next.Headers.Keys], next.Seal(cipher, Webhook.PurposeOf(id)), shown, rotates, now);
        var work = Change(present.Key, edit.Apply, caller, "webhook.update", new { fields = GivenFields.Of(request) }, now);
        return new Operation(work) { ChangesConfig = true };
    }

    /// <summary>Held events go out. It may be active already.</summary>
    public async Task<Result<Operation, Error>> ActivateAsync(Caller caller, WebhookId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var now = time.GetUtcNow();
        var work = Change(
            present.Key, (webhook, relay) => WebhookSwitch.Activate(webhook, relay, now), caller, "webhook.activate", new { }, now);
        return new Operation(work) { ChangesConfig = true };
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, WebhookId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var now = time.GetUtcNow();
        return new Operation(Change(
            present.Key,
            (webhook, relay) => (
                webhook with { IsActive = false, DeletedAt = now, UpdatedAt = now, SealedSecrets = [], Certificate = null },
                relay.Recovered() with { IsActive = false, CheckAt = now }),
            caller, "webhook.delete", new { present.Url }, now))
        {
            ChangesConfig = true,
        };
    }

    public async Task<Result<Operation, Error>> RotateAsync(
        Caller caller, WebhookId id, RotateSecretRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var seal = new SecretReply(cipher);
        var faults = new Faults();
        var secret = WebhookSecret.ReadOrNew(request.Secret, "secret", faults);
        if (faults.Any)
            return Operation.Refused(faults.ToError(), seal);
        var now = time.GetUtcNow();
        var sealedSecrets = EndpointSecrets.Open(cipher, present).ReplacedBy(secret.Reveal()).Seal(cipher, Webhook.PurposeOf(id));
        return new Operation(new ChangeWebhook(
            present.Key,
            (webhook, relay) => webhook.IsSealedAs(present)
                ? (webhook with
                {
                    SealedSecrets = sealedSecrets, PreviousSecretUntil = now + EndpointSecrets.Overlap, UpdatedAt = now,
                }, relay)
                : Error.ChangedMeanwhile(),
            caller.Actor, "webhook.rotate_secret", new { }, now, webhook => Reply.Ok(WebhookView.From(webhook, secret.Reveal()))))
        {
            ChangesConfig = true, Seal = seal,
        };
    }

    public async Task<Result<Operation, Error>> TestAsync(
        Caller caller, WebhookId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("webhook endpoint");
        var test = await engine.PlaceAsync(tests.NewDelivery(present, caller.TraceParent), cancellationToken);
        var accepted = Reply.Accepted(new WebhookTestView(id, test.Id, null, null), $"/api/v1/deliveries/{test.Id}");
        return new Operation(new InsertTest(test, caller.Actor, accepted))
        {
            Delivery = test, DefaultWait = TestWait, AfterOutcome = token => ReadTestAsync(test, accepted, token),
        };
    }

    private static ChangeWebhook Change(
        WebhookKey key, Func<Webhook, WebhookRelayState, Result<(Webhook, WebhookRelayState), Error>> change, Caller caller, string action,
        object detail, DateTimeOffset now) =>
        new(key, change, caller.Actor, action, detail, now, webhook => Reply.Ok(WebhookView.From(webhook)));

    private async Task<Reply> ReadTestAsync(Delivery test, Reply accepted, CancellationToken cancellationToken)
    {
        var attempt = await database.FindAsync(
            "SELECT * FROM attempts WHERE tenant_id = @TenantId AND delivery_id = @Id ORDER BY number DESC LIMIT 1",
            new { test.TenantId, test.Id }, AttemptTable.Instance.Read, cancellationToken);
        return attempt is null
            ? accepted
            : Reply.Ok(new WebhookTestView(
                new WebhookId(test.SubjectId), test.Id, attempt.Outcome == AttemptOutcome.Ok, WebhookAttemptView.From(attempt)));
    }

    private Webhook New(
        Caller caller, CreateWebhookRequest request, TenantCipher cipher, Secret secret, ClientCertificate? certificate,
        ClientCertificateView? shown)
    {
        var now = time.GetUtcNow();
        var id = ids.New<WebhookId>();
        var secrets = new EndpointSecrets(secret.Reveal(), Headers: request.Headers, Certificate: certificate);
        return new Webhook
        {
            TenantId = caller.Tenant,
            Id = id,
            Url = request.Url!,
            Events = request.Events!,
            Description = request.Description,
            HeaderNames = [.. secrets.Headers.Keys],
            SealedSecrets = secrets.Seal(cipher, Webhook.PurposeOf(id)),
            Certificate = shown,
            IsActive = request.IsActive ?? true,
            DisabledAt = request.IsActive is false ? now : null,
            PayloadMode = request.PayloadMode ?? PayloadMode.Full,
            ContentMode = request.ContentMode ?? ContentMode.Standard,
            Ordered = request.Ordered ?? false,
            RateLimit = request.RateLimit,
            Schedule = request.Retry?.Schedule,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
