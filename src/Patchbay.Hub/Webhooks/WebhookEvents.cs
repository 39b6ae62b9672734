using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Webhooks;

/// <summary>News about an endpoint itself.</summary>
/// <param name="Url">As far as its host: path and query may hold tokens, and others are told of it.</param>
/// <param name="FailingSince">Since when every attempt has failed; null when it is not for that.</param>
/// <param name="DisablesAt">From then on the next failed attempt disables it; null when that is not ahead.</param>
/// <param name="Message">For people.</param>
public sealed record WebhookNotice(
    WebhookId WebhookId, string Url, string? Reason, DateTimeOffset? FailingSince, DateTimeOffset? DisablesAt, string Message);

/// <summary>What a test by hand sends.</summary>
public sealed record WebhookTest(WebhookId WebhookId, string Message);

/// <summary>The types of events about endpoints. They go to a tenant's other endpoints, never to the one they are about.</summary>
internal static class WebhookEvents
{
    private static readonly WebhookId Sample = WebhookId.Parse("whe_01kanx0fv9e5vbr9b7xw6n4c2m", null);
    private static readonly DateTimeOffset SampleTime = new(2026, 11, 21, 14, 3, 0, TimeSpan.Zero);

    public static readonly EventType Failing = EventType.Of(
        "webhook.failing", "Every attempt at an endpoint has failed for 24 hours",
        Example(null, SampleTime.AddDays(5), "Every attempt has failed for 24 hours."));

    public static readonly EventType Disabling = EventType.Of(
        "webhook.disabling", "An endpoint will be disabled in 24 hours unless an attempt succeeds",
        Example(null, SampleTime.AddDays(5), "It will be disabled unless an attempt succeeds."));

    public static readonly EventType Disabled = EventType.Of(
        "webhook.disabled", "An endpoint was disabled; its events are held until it is activated",
        Example(DisabledReasons.Failing, null, "Every attempt has failed for five days."));

    public static readonly EventType Test = EventType.Of(
        "webhook.test", "Sent by hand to one endpoint; never in the feed", new WebhookTest(Sample, "This is a test."));

    /// <summary>What is told about sending does not cause more of it: no news of failing to send the news.</summary>
    public static bool IsOperational(string type) =>
        type.StartsWith("webhook.", StringComparison.Ordinal) || type == DeliveryEvents.Exhausted.Name;

    private static WebhookNotice Example(string? reason, DateTimeOffset? disablesAt, string message) =>
        new(Sample, "https://example.com/***", reason, SampleTime, disablesAt, message);
}
