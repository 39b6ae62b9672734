using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>The rows of <c>inbox</c>. The dedupe key is part of the key, so that a repeat finds and locks the first.</summary>
public sealed class InboxTable : Table<InboxKey, InboxEntry>
{
    /// <summary>What lists read: everything but the request itself.</summary>
    public const string ListColumns =
        "tenant_id, integration_id, dedupe_key, id, provider, received_at, body_hash, body_length, status, tries, tried_since, next_at, settled_at, detail, subject, duplicates, alerted_for";

    public static readonly InboxTable Instance = new();

    private InboxTable()
        : base("inbox", entry => entry.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("integration_id", key => key.Integration.Value);
        Key("dedupe_key", key => key.DedupeKey);
        Fixed("id", entry => entry.Id.Value);
        Fixed("provider", entry => entry.Provider);
        Fixed("received_at", entry => entry.ReceivedAt);
        Fixed("body_hash", entry => entry.BodyHash);
        Fixed("body_length", entry => entry.BodyLength);
        InsertOnly("method", entry => entry.Raw!.Method);
        InsertOnly("url", entry => entry.Raw!.Url);
        InsertOnly("headers", entry => entry.Raw!.Headers);
        InsertOnly("body", entry => entry.Raw!.Body);
        Mutable("status", entry => entry.Status.ToWord());
        Mutable("tries", entry => entry.Tries);
        Mutable("tried_since", entry => entry.TriedSince);
        Mutable("next_at", entry => entry.NextAt);
        Mutable("settled_at", entry => entry.SettledAt);
        Mutable("detail", entry => entry.Detail);
        Mutable("subject", entry => entry.Subject);
        Mutable("duplicates", entry => entry.Duplicates);
        Mutable("alerted_for", entry => entry.AlertedFor?.ToWord());
    }

    public override InboxEntry Read(Row row) => new()
    {
        Key = ReadKey(row),
        Id = row.Id<InboxId>("id"),
        Provider = row.Text("provider"),
        ReceivedAt = row.Time("received_at"),
        BodyHash = row.Text("body_hash"),
        BodyLength = row.Int("body_length"),
        Status = Words.Parse<InboxStatus>(row.Text("status")),
        Tries = row.Int("tries"),
        TriedSince = row.Time("tried_since"),
        NextAt = row.FindTime("next_at"),
        SettledAt = row.FindTime("settled_at"),
        Detail = row.FindText("detail"),
        Subject = row.FindText("subject"),
        Duplicates = row.Int("duplicates"),
        AlertedFor = row.FindText("alerted_for") is { } word ? Words.Parse<InboxStatus>(word) : null,
    };

    /// <summary>Also the request as it came.</summary>
    public InboxEntry ReadWhole(Row row) => Read(row) with
    {
        Raw = new RawWebhook(row.Text("method"), row.Text("url"), row.Text("headers"), row.Bytes("body")),
    };

    internal static InboxKey ReadKey(Row row) =>
        new(row.Id<TenantId>("tenant_id"), row.Id<IntegrationId>("integration_id"), row.Text("dedupe_key"));
}
