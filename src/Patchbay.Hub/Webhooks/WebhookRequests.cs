using System.ComponentModel.DataAnnotations;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Webhooks;

/// <summary>Lets events be sent to an address.</summary>
/// <param name="Url">https, at most 2000 characters, without user name or fragment; not at a private address.</param>
/// <param name="Events">Patterns of the wanted types: <c>payment.*</c>, a name, or <c>*</c> for all; 1 to 100.</param>
/// <param name="Secret"><c>whsec_</c> and base64 of 24 to 64 bytes, or a text of 16 to 256 characters. Null: one is made.</param>
/// <param name="Headers">Up to 20 more to be sent along; those that sign, address or frame a message cannot be set.</param>
/// <param name="IsActive">False: events are held from the begin. Default true.</param>
/// <param name="PayloadMode"><c>full</c> (default), or <c>thin</c>: without data.</param>
/// <param name="ContentMode"><c>standard</c> (default) or <c>cloudevents</c>.</param>
/// <param name="Ordered">One event at a time, in their order. Default false.</param>
/// <param name="RateLimit">Calls a second, above 0 and up to 1000; null: no limit below that.</param>
/// <param name="Retry">Null: 10 tries in 75 hours.</param>
/// <param name="ClientCertificate">Shown to receivers that ask who calls (mTLS); null: none.</param>
/// <example>{"url":"https://shop.example/hooks","events":["payment.*","refund.*"],"description":"Orders"}</example>
public sealed record CreateWebhookRequest(
    [Required] string? Url = null, [Required] IReadOnlyList<string>? Events = null, string? Secret = null, string? Description = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    bool? IsActive = null, PayloadMode? PayloadMode = null, ContentMode? ContentMode = null, bool? Ordered = null, double? RateLimit = null,
    WebhookRetry? Retry = null, ClientCertificate? ClientCertificate = null);

/// <summary>Changes an endpoint; what is not given stays as it is.</summary>
/// <param name="Headers">All of them; a value read back (<c>••••</c>) leaves the present one. Another address drops them, unless their
/// values are given again.</param>
/// <param name="IsActive">True activates it, false disables it.</param>
/// <param name="RateLimit">Calls a second, above 0; 1000 is as good as none.</param>
/// <param name="Retry">Without a schedule: back to the default.</param>
/// <param name="ClientCertificate">Without content: none from now on.</param>
/// <param name="Secret">As at creation. Another than the present one replaces it as <c>rotate-secret</c> does.</param>
/// <example>{"events":["payment.*"],"rate_limit":10}</example>
public sealed record ChangeWebhookRequest(
    string? Url = null, IReadOnlyList<string>? Events = null, string? Secret = null, string? Description = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    bool? IsActive = null, PayloadMode? PayloadMode = null, ContentMode? ContentMode = null, bool? Ordered = null, double? RateLimit = null,
    WebhookRetry? Retry = null, ClientCertificate? ClientCertificate = null);

/// <summary>When an event is tried again.</summary>
/// <param name="Schedule">Seconds before each try, after the one before, give or take a fifth: 1 to 20 entries, the first is 0. Null: the
/// default.</param>
public sealed record WebhookRetry(IReadOnlyList<int>? Schedule = null);

/// <summary>Replaces the signing secret. For 24 hours everything is signed with both.</summary>
/// <param name="Secret">As at creation; null: one is made.</param>
/// <example>{}</example>
public sealed record RotateSecretRequest(string? Secret = null);

/// <summary>Sends events of the past once more.</summary>
/// <param name="Since">Events that happened from then on.</param>
/// <param name="Until">And before that; null: now.</param>
/// <param name="OnlyFailed">Only those that the endpoint has not taken since it was made. Default false.</param>
/// <param name="Types">Patterns; null: those of the endpoint.</param>
/// <param name="EventId">This event alone, whatever its type; instead of all others.</param>
/// <example>{"since":"2026-11-21T00:00:00Z","only_failed":true}</example>
public sealed record ReplayRequest(
    DateTimeOffset? Since = null, DateTimeOffset? Until = null, bool? OnlyFailed = null, IReadOnlyList<string>? Types = null,
    EventId? EventId = null);
