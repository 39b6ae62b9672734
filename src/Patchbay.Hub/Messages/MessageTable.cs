using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>The rows of <c>messages</c>.</summary>
public sealed class MessageTable : Table<MessageKey, Message>
{
    public static readonly MessageTable Instance = new();

    private MessageTable()
        : base("messages", message => message.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("channel", message => message.Channel.ToWord());
        Fixed("recipient", message => message.To);
        Fixed("sender", message => message.From);
        Fixed("body", message => message.Body);
        Fixed("details", message => message.Details);
        Fixed("created_at", message => message.CreatedAt);
        Mutable("segments", message => message.Segments);
        Mutable("integration_id", message => message.IntegrationId.Value);
        Mutable("status", message => message.Status.ToWord());
        Mutable("provider_reference", message => message.ProviderReference);
        Mutable("failure_code", message => message.FailureCode);
        Mutable("failure_message", message => message.FailureMessage);
        Mutable("updated_at", message => message.UpdatedAt);
        Version("version", message => message.Version, (message, version) => message with { Version = version });
    }

    public override Message Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<MessageId>("id"),
        Channel = Words.Parse<MessageChannel>(row.Text("channel")),
        To = row.Text("recipient"),
        From = row.FindText("sender"),
        Body = row.FindText("body"),
        Details = row.Text("details"),
        CreatedAt = row.Time("created_at"),
        Segments = row.FindInt("segments"),
        IntegrationId = row.Id<IntegrationId>("integration_id"),
        Status = Words.Parse<MessageStatus>(row.Text("status")),
        ProviderReference = row.FindText("provider_reference"),
        FailureCode = row.FindText("failure_code"),
        FailureMessage = row.FindText("failure_message"),
        UpdatedAt = row.Time("updated_at"),
        Version = row.Int("version"),
    };
}
