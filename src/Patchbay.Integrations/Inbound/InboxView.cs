using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Inbound;

/// <summary>A received webhook as lists show it.</summary>
public record InboxView
{
    public required InboxId Id { get; init; }

    public required IntegrationId IntegrationId { get; init; }

    public required string Provider { get; init; }

    public required InboxStatus Status { get; init; }

    /// <summary>Why it has this status, or what it waits for; null when there is nothing to say.</summary>
    public string? Detail { get; init; }

    /// <summary>The vendor's id of the event; null when it has none, and repeats are recognised by their bytes.</summary>
    public string? EventId { get; init; }

    /// <summary>Ids of the payments, refunds and messages it was applied to.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How often it was processed since it was received, or replayed last.</summary>
    public required int Tries { get; init; }

    /// <summary>When it is processed next; null when nothing more is done without a replay.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When it was processed to an end; null before.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>How often the provider sent it again.</summary>
    public required int Duplicates { get; init; }

    /// <summary>SHA-256 of the body, in hex.</summary>
    public required string BodyHash { get; init; }

    /// <summary>In bytes.</summary>
    public required int BodyLength { get; init; }

    internal static InboxView From(InboxEntry entry) => new()
    {
        Id = entry.Id,
        IntegrationId = entry.Key.Integration,
        Provider = entry.Provider,
        Status = entry.Status,
        Detail = entry.Detail,
        EventId = WebhookRecord.EventIdOf(entry.Key.DedupeKey),
        Subjects = entry.Subject?.Split(' ') ?? [],
        ReceivedAt = entry.ReceivedAt,
        Tries = entry.Tries,
        NextAt = entry.NextAt,
        SettledAt = entry.SettledAt,
        Duplicates = entry.Duplicates,
        BodyHash = entry.BodyHash,
        BodyLength = entry.BodyLength,
    };
}

/// <summary>A received webhook with its request, as far as it may be shown.</summary>
public sealed partial record InboxDetailView : InboxView
{
    [SetsRequiredMembers]
    private InboxDetailView(InboxEntry entry, RawWebhook raw, IReadOnlyCollection<Secret> secrets)
        : base(From(entry))
    {
        Method = raw.Method;
        Url = Redaction.Excerpt(raw.Url, secrets);
        Headers = WebhookRecord.ReadHeaders(raw.Headers).ToDictionary(
            header => header.Key, header => SecretName().IsMatch(header.Key) ? "***" : Redaction.Excerpt(header.Value, secrets));
        BodyExcerpt = Redaction.Excerpt(raw.Body, secrets);
    }

    public string Method { get; }

    public string Url { get; }

    /// <summary>Values of headers that sign or authenticate are blanked out.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>At most 2 KiB of the body, secrets blanked out.</summary>
    public string BodyExcerpt { get; }

    /// <param name="secrets">The integration's; blanked out wherever they stand.</param>
    internal static InboxDetailView From(InboxEntry entry, IReadOnlyCollection<Secret> secrets) => new(entry, entry.Raw!, secrets);

    [GeneratedRegex("sign|secret|token|auth|key|password|cookie|hmac|nonce", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}

/// <summary>Has parked webhooks processed again, up to 500 at once, the oldest first.</summary>
/// <param name="Status"><c>unmatched</c>, <c>unmapped</c>, <c>failed</c> or <c>ignored</c>.</param>
/// <param name="IntegrationId">Only those of one integration.</param>
/// <param name="After">Only newer ones: <c>last_id</c> of the answer before.</param>
/// <example>{"status":"unmatched"}</example>
public sealed record ReplayInboxRequest(
    [Required] InboxStatus? Status = null, IntegrationId? IntegrationId = null, InboxId? After = null);

/// <summary>What a replay of many did.</summary>
/// <param name="Replayed">How many are being processed again.</param>
/// <param name="LastId">The newest that was looked at; null when there was none.</param>
/// <param name="HasMore">There may be newer ones: send <c>last_id</c> as <c>after</c>.</param>
public sealed record ReplayInboxView(int Replayed, InboxId? LastId, bool HasMore);
