using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Where an integration stands.</summary>
public enum IntegrationStatus
{
    /// <summary>Its credentials are being checked.</summary>
    PendingVerify,

    Active,

    /// <summary>Switched off by a person.</summary>
    Inactive,

    /// <summary>Does not work; see the reason.</summary>
    Error,
}

/// <summary>What put an integration into error; decides what brings it back.</summary>
public enum IntegrationFault
{
    None,

    /// <summary>The credentials were refused.</summary>
    Credentials,

    /// <summary>Health checks failed; a passing one brings it back.</summary>
    Health,
}

public readonly record struct IntegrationKey(TenantId Tenant, IntegrationId Id);

/// <summary>A provider activated by a tenant: credentials, mode and what it is used for.</summary>
[LedgerTable("integrations")]
public sealed partial record Integration
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required IntegrationId Id { get; init; }

    [Fixed] public required string Provider { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public required string Name { get; init; }

    public string? CompanyId { get; init; }

    public required IntegrationMode Mode { get; init; }

    public IntegrationStatus Status { get; init; } = IntegrationStatus.PendingVerify;

    /// <summary>Why it has this status, for people; null when there is nothing to say.</summary>
    public string? StatusReason { get; init; }

    public IntegrationFault Fault { get; init; }

    /// <summary>What it is used for: a part of what the manifest offers.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>All credentials as JSON, sealed for this integration.</summary>
    [Column("credentials")] public required byte[] SealedCredentials { get; init; }

    /// <summary>The credentials as they may be shown: secret fields masked. JSON.</summary>
    public required string ShownCredentials { get; init; }

    /// <summary>By which a request to the provider's one address finds it; null where it has an address of its own.</summary>
    public string? WebhookAccount { get; init; }

    /// <summary>Credentials that are being verified while the others work, sealed; null when there are none.</summary>
    [Column("new_credentials")] public byte[]? SealedNewCredentials { get; init; }

    /// <summary>The new credentials as they may be shown; null when there are none.</summary>
    public string? ShownNewCredentials { get; init; }

    /// <summary>The delivery that verifies them; the word of an older one no longer counts.</summary>
    public DeliveryId? NewCredentialsCheck { get; init; }

    /// <summary>Free settings as a JSON object of texts and numbers.</summary>
    public required string Settings { get; init; }

    /// <summary>What the account calls itself at the provider.</summary>
    public string? Account { get; init; }

    public int AuthenticationFailures { get; init; }

    public int HealthFailures { get; init; }

    public DateTimeOffset? VerifiedAt { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When its health is looked at next; null while it is not looked at.</summary>
    public DateTimeOffset? CheckAt { get; init; }

    /// <summary>When its credentials end, as far as the provider tells; else null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a person is told next that they end, or they have ended; null while nothing is known of an end.</summary>
    public DateTimeOffset? ExpiryNoticeAt { get; init; }

    /// <summary>When its address for webhooks is to be registered at the provider (again); null: it is, or cannot be.</summary>
    public DateTimeOffset? RegisterAt { get; init; }

    /// <summary>The provider's id of its address for webhooks, where the hub has registered it; else null.</summary>
    public string? WebhookRegistration { get; init; }

    /// <summary>What the provider signs with since then, sealed; null when it told none.</summary>
    [Column("webhook_secret")] public byte[]? SealedWebhookSecret { get; init; }

    /// <summary>Why the address could not be registered; null when that was not tried, or worked.</summary>
    public string? WebhookProblem { get; init; }

    /// <summary>Incident mode: its work is held.</summary>
    public bool Held { get; init; }

    /// <summary>Calls a second after an incident, until it is lifted; null means the normal rate.</summary>
    public double? ReleaseRate { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Kept, without credentials, so that history can still name it.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public IntegrationKey Key => new(TenantId, Id);

    /// <summary>Where its work waits.</summary>
    public LaneId Lane => LaneOf(Id);

    /// <summary>Where its checks wait: open also while the integration may not be used.</summary>
    public LaneId CheckLane => SideLane.Of(Id.Value);

    /// <summary>The credential that webhooks are verified with, while it has yet to come; else null.</summary>
    public string? MissingWebhookSecret(ProviderManifest manifest) =>
        this is { DeletedAt: null, WebhookRegistration: null } && manifest.Webhooks?.Secret is { } secret
        && !JsonNode.Parse(ShownCredentials)!.AsObject().ContainsKey(secret)
            ? secret : null;

    public static LaneId LaneOf(IntegrationId id) => new(id.Value);

    /// <summary>The integration a lane belongs to, if it is the lane of its checks.</summary>
    public static IntegrationId OfCheckLane(LaneId lane) => new(SideLane.DestinationOf(lane));
}
