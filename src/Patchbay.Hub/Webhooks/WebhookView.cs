using Patchbay.Engine;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Webhooks;

/// <summary>An endpoint as the API shows it.</summary>
/// <param name="Secret">Shown only in the answer that makes it; else null.</param>
/// <param name="Headers">Their values are never shown.</param>
/// <param name="DisabledReason"><c>gone</c> (it answered 410) or <c>failing</c> (for five days); null when a person disabled it, or while
/// it is active.</param>
/// <param name="PreviousSecretUntil">Until then everything is signed with the secret before, too; null when only one is in use.</param>
/// <param name="Held">Events that wait to be sent, up to 1000: while it is disabled, and while it does not keep up. Null in lists.</param>
/// <param name="HeldIsMore">There are more than are counted.</param>
public sealed record WebhookView(
    WebhookId Id, string Url, IReadOnlyList<string> Events, string? Secret, string? Description,
    IReadOnlyDictionary<string, string> Headers, bool IsActive,
    string? DisabledReason, DateTimeOffset? DisabledAt, PayloadMode PayloadMode, ContentMode ContentMode, bool Ordered, double? RateLimit,
    WebhookRetryView Retry,
    ClientCertificateView? ClientCertificate, DateTimeOffset? PreviousSecretUntil, int? Held, bool? HeldIsMore, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static WebhookView From(Webhook webhook, string? secret = null) => new(
        webhook.Id, webhook.Url, webhook.Events, secret, webhook.Description,
        webhook.HeaderNames.ToDictionary(name => name, _ => EndpointSecrets.Mask), webhook.IsActive,
        webhook.DisabledReason, webhook.DisabledAt, webhook.PayloadMode, webhook.ContentMode, webhook.Ordered, webhook.RateLimit,
        new WebhookRetryView(webhook.Schedule ?? WebhookRules.DefaultSchedule), webhook.Certificate, webhook.PreviousSecretUntil, null,
        null, webhook.CreatedAt, webhook.UpdatedAt);
}

/// <summary>When an event is tried again.</summary>
/// <param name="Schedule">Seconds before each try, after the one before, give or take a fifth.</param>
public sealed record WebhookRetryView(IReadOnlyList<int> Schedule);

/// <summary>An event at an endpoint: sent, being sent, or held.</summary>
/// <param name="Id">Null while it is held.</param>
/// <param name="EventId">Also the header <c>webhook-id</c>, by which receivers tell repeats.</param>
/// <param name="Status">Of the delivery, or <c>held</c>.</param>
/// <param name="NextAttemptAt">Null while a node has it, while the endpoint is disabled, and when nothing more will happen by
/// itself.</param>
public sealed record WebhookDeliveryView(
    DeliveryId? Id, EventId EventId, string EventType, string Status, string? Reason, int AttemptCount, DateTimeOffset? NextAttemptAt,
    string? ErrorCode, string? ErrorMessage, DateTimeOffset CreatedAt, IReadOnlyList<WebhookAttemptView> Attempts);

/// <summary>One try.</summary>
/// <param name="Outcome"><c>ok</c>, <c>rejected</c>, <c>transient</c> or <c>unknown</c>.</param>
/// <param name="HttpStatus">Null when no answer came.</param>
/// <param name="RequestExcerpt">Redacted, at most 2 KiB.</param>
public sealed record WebhookAttemptView(
    int Number, DateTimeOffset StartedAt, int DurationMs, AttemptOutcome Outcome, int? HttpStatus, string? Code, string? Message,
    string? RequestExcerpt, string? ResponseExcerpt)
{
    public static WebhookAttemptView From(Attempt attempt) => new(
        attempt.Number, attempt.StartedAt, attempt.DurationMs, attempt.Outcome, attempt.HttpStatus, attempt.Code, attempt.Message,
        attempt.RequestExcerpt, attempt.ResponseExcerpt);
}

/// <summary>What came of a test by hand.</summary>
/// <param name="DeliveryId">For <c>GET /api/v1/deliveries/{id}</c>.</param>
/// <param name="Success">Null while there is no answer yet.</param>
/// <param name="Attempt">Null while there is no answer yet.</param>
public sealed record WebhookTestView(WebhookId WebhookId, DeliveryId DeliveryId, bool? Success, WebhookAttemptView? Attempt);
