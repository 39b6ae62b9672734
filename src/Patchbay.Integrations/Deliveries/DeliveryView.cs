using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;

namespace Patchbay.Integrations.Deliveries;

/// <summary>A delivery as the API shows it.</summary>
/// <param name="SubjectId">TypeID of what it acts for.</param>
/// <param name="Destination">TypeID of what it goes to now: an integration, a webhook endpoint.</param>
/// <param name="IntegrationId">The same where that is an integration; else null.</param>
/// <param name="Mode">Of the integration; null where it goes to none, or to one that is deleted.</param>
/// <param name="AttemptCount">Attempts so far, look-ups included.</param>
/// <param name="Reason">Why it was given up: <c>attempts_used</c>, <c>rejected</c>, <c>declined</c> by the one who pays or is written to
/// (usual, and nothing to be alarmed by), <c>expired</c> or <c>unresolved</c>; null unless
/// exhausted.</param>
/// <param name="NextAttemptAt">Null while a node has it, while its destination is closed and no fallback takes it, and when nothing more
/// will happen by itself.</param>
/// <param name="NeedsResolution">It is not known whether it was carried out: a person has to resolve it.</param>
/// <param name="ErrorReason">Why the last attempt failed, in a word that is the same for all providers; null when that went well.</param>
/// <param name="ErrorCode">The same in the provider's, or the hub's, word.</param>
/// <param name="Route">Why it went where it went; null when there was no choice, and in lists.</param>
/// <param name="Attempts">Null in lists.</param>
public sealed record DeliveryView(
    DeliveryId Id, string Capability, string SubjectId, string Destination, IntegrationId? IntegrationId, IntegrationMode? Mode,
    DeliveryStatus Status, string? Reason, DeliveryPriority Priority, int AttemptCount, DateTimeOffset? NextAttemptAt,
    bool NeedsResolution, FailureReason? ErrorReason, string? ErrorCode, string? ErrorMessage, IReadOnlyList<IntegrationId> Fallbacks,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset ExpiresAt, JsonNode? Route, IReadOnlyList<AttemptView>? Attempts);

/// <summary>One attempt of a delivery.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Kind"><c>call</c>, or <c>look_up</c>: asked whether an earlier call had been carried out.</param>
/// <param name="Outcome"><c>ok</c>, <c>rejected</c> (no for good), <c>transient</c> (may work later) or <c>unknown</c> (may have been
/// carried out).</param>
/// <param name="Destination">TypeID of what was called; the delivery may have moved on since.</param>
/// <param name="IntegrationId">The same where that is an integration; else null.</param>
/// <param name="HttpStatus">Null when no answer came.</param>
/// <param name="RequestHash">SHA-256 of the request body, lower-case hex; null when nothing was sent.</param>
/// <param name="RequestExcerpt">Redacted, at most 2 KiB.</param>
public sealed record AttemptView(
    int Number, AttemptKind Kind, string Destination, IntegrationId? IntegrationId, DateTimeOffset StartedAt, int DurationMs,
    AttemptOutcome Outcome, int? HttpStatus, string? ProviderCode, string? Message, string? RequestHash, string? ResponseHash,
    string? RequestExcerpt, string? ResponseExcerpt);
