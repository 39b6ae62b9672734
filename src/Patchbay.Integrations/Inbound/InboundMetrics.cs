using System.Diagnostics;
using System.Diagnostics.Metrics;
using Patchbay.Platform.ShardNames;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Counts of inbound webhooks by provider. No label names a tenant.</summary>
public sealed class InboundMetrics
{
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _received;
    private readonly Counter<long> _settled;

    public InboundMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Patchbay.Hub");
        _rejected = meter.CreateCounter<long>("patchbay.inbound.rejected", description: "Webhooks whose signature did not hold");
        _received = meter.CreateCounter<long>("patchbay.inbound.received", description: "Genuine webhooks, repeats marked as such");
        _settled = meter.CreateCounter<long>("patchbay.inbound.settled", description: "Webhooks processed to an end, by status");
    }

    /// <param name="provider">A name of the catalog, never text from the outside.</param>
    public void Rejected(string provider) => _rejected.Add(1, Tags(provider));

    public void Received(string provider, bool isNew) =>
        _received.Add(1, Tags(provider, KeyValuePair.Create<string, object?>("duplicate", !isNew)));

    public void Settled(InboxEntry entry) =>
        _settled.Add(1, Tags(entry.Provider, KeyValuePair.Create<string, object?>("status", entry.Status.ToWord())));

    private static TagList Tags(string provider, params ReadOnlySpan<KeyValuePair<string, object?>> more)
    {
        var tags = new TagList(more) { { "provider", provider } };
        ShardName.Label(ref tags);
        return tags;
    }
}
