using System.Text.Json;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>The rows of <c>webhooks</c>.</summary>
internal sealed class WebhookTable : Table<WebhookKey, Webhook>
{
    public static readonly WebhookTable Instance = new();

    private WebhookTable()
        : base("webhooks", webhook => webhook.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("created_at", webhook => webhook.CreatedAt);
        Mutable("url", webhook => webhook.Url);
        Mutable("events", webhook => string.Join(' ', webhook.Events));
        Mutable("description", webhook => webhook.Description);
        Mutable("header_names", webhook => string.Join(' ', webhook.HeaderNames));
        Mutable("secrets", webhook => webhook.SealedSecrets);
        Mutable("certificate", webhook => webhook.Certificate is null ? null : JsonSerializer.Serialize(webhook.Certificate, HubJson.Stored));
        Mutable("is_active", webhook => webhook.IsActive);
        Mutable("disabled_reason", webhook => webhook.DisabledReason);
        Mutable("disabled_at", webhook => webhook.DisabledAt);
        Mutable("payload_mode", webhook => webhook.PayloadMode.ToWord());
        Mutable("content_mode", webhook => webhook.ContentMode.ToWord());
        Mutable("ordered", webhook => webhook.Ordered);
        Mutable("rate_limit", webhook => webhook.RateLimit);
        Mutable("schedule", webhook => webhook.Schedule is null ? null : string.Join(' ', webhook.Schedule));
        Mutable("previous_secret_until", webhook => webhook.PreviousSecretUntil);
        Mutable("updated_at", webhook => webhook.UpdatedAt);
        Mutable("deleted_at", webhook => webhook.DeletedAt);
    }

    public override Webhook Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<WebhookId>("id"),
        CreatedAt = row.Time("created_at"),
        Url = row.Text("url"),
        Events = Split(row.Text("events")),
        Description = row.FindText("description"),
        HeaderNames = Split(row.Text("header_names")),
        SealedSecrets = row.Bytes("secrets"),
        Certificate = row.FindText("certificate") is { } certificate ? JsonSerializer.Deserialize<ClientCertificateView>(certificate, HubJson.Stored) : null,
        IsActive = row.Flag("is_active"),
        DisabledReason = row.FindText("disabled_reason"),
        DisabledAt = row.FindTime("disabled_at"),
        PayloadMode = Words.Parse<PayloadMode>(row.Text("payload_mode")),
        ContentMode = Words.Parse<ContentMode>(row.Text("content_mode")),
        Ordered = row.Flag("ordered"),
        RateLimit = row.FindDouble("rate_limit"),
        Schedule = row.FindText("schedule") is { } schedule ? [.. Split(schedule).Select(seconds => int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))] : null,
        PreviousSecretUntil = row.FindTime("previous_secret_until"),
        UpdatedAt = row.Time("updated_at"),
        DeletedAt = row.FindTime("deleted_at"),
    };

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
