using System.Text;
using System.Text.Json;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>Writes events.</summary>
public sealed class EventLog(IdGenerator ids)
{
    /// <param name="subject">TypeID of what it happened to.</param>
    /// <param name="data">Of the type's data; serialised as the API shows it, or already written so.</param>
    public void Publish(LedgerRows rows, TenantId tenant, EventType type, string subject, object data, DateTimeOffset now) =>
        rows.Insert(EventTable.Instance, new Event(
            tenant, ids.New<EventId>(), type.Name, subject, now,
            data is WrittenJson written
                ? Encoding.UTF8.GetString(written.Bytes) : JsonSerializer.Serialize(data, data.GetType(), HubJson.Options),
                rows.TraceParent));
}
