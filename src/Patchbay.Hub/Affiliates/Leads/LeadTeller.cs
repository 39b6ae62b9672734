using System.Text.Json;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>
/// Tells what happened to a lead, in the transaction in which it happened: in the tenant's feed and to the affiliate's portal; or, after
/// <c>lead.ftd</c>, to nobody but the record of what was withheld.
/// </summary>
public sealed class LeadTeller(EventLog events, IdGenerator ids)
{
    /// <param name="lead">As it was before what is told ended it: the news of <c>lead.ftd</c> itself is told.</param>
    internal void Tell(LedgerRows rows, Lead lead, EventType type, DepositNews? deposit, DateTimeOffset now)
    {
        var news = LeadNews.Of(lead, now, deposit);
        if (lead.FtdAt is { } ended)
        {
            rows.Insert(SuppressionTable.Instance, new Suppression(
                new SuppressionKey(lead.Key.Tenant, ids.New<SuppressionId>()), lead.Key.AffiliateId, lead.Key.AffiliateLeadId, type.Name,
                SuppressionRules.AfterFtd,
                $"lead.ftd was published at {ended.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} and is the last event of a lead.",
                Serialize(news), now));
            return;
        }

        news = news with { Sequence = AffiliateCounterTable.Next(rows, new AffiliateKey(lead.Key.Tenant, lead.Key.AffiliateId)) };
        var written = WrittenJson.Of(news);
        events.Publish(rows, lead.Key.Tenant, type, lead.Id.ToString(), written, now);
        rows.Insert(AffiliateEventTable.Instance, new AffiliateEvent(
            new AffiliateEventKey(lead.Key.Tenant, lead.Key.AffiliateId, news.Sequence.Value), lead.Key.AffiliateLeadId, type.Name,
            System.Text.Encoding.UTF8.GetString(written.Bytes), now));
    }

    private static string Serialize(LeadNews news) => JsonSerializer.Serialize(news, HubJson.Options);
}
