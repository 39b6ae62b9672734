using System.Text;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Costs;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Processes a stored webhook: reads it with the connector, finds what it is about and applies it. May be called for the same webhook any
/// number of times, on any node.
/// </summary>
public sealed partial class InboxProcessor(
    Database database, Ledger ledger, InboundIntegrations integrations, IEnumerable<IProviderEventTarget> targets, EventLog events,
    InboundMetrics metrics, DatabaseOutage outage, TimeProvider time, ILogger<InboxProcessor> logger)
{
    private const int MaxDetail = 500;

    private readonly IProviderEventTarget[] _targets = targets.ToArray();

    /// <summary>Throws only when cancelled. What cannot even be written down is left for the next look at what is due.</summary>
    public async Task ProcessAsync(InboxKey key, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await database.FindAsync(InboxTable.Instance, key, cancellationToken);
            if (entry is { NextAt: not null })
                await ProcessAsync(entry, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!outage.Explains(exception))
                LogLeft(exception, key.Integration);
        }
    }

    private async Task ProcessAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        InboxEntry? after;
        try
        {
            after = await SettleAsync(entry, await FindAsync(entry, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !outage.Explains(exception))
        {
            LogBroke(exception, entry.Id, entry.Provider);
            after = await SettleAsync(
                entry, Findings.Broken($"Could not be applied: {exception.GetType().Name}.", mayPass: true), cancellationToken);
        }

        if (after is not { NextAt: null })
            return;
        metrics.Settled(after);
        if (InboxRules.CanBeReplayed(after.Status) && after.Status != InboxStatus.Ignored)
            LogParked(after.Id, after.Provider, after.Status, after.Detail);
    }

    private Task<InboxEntry?> SettleAsync(InboxEntry entry, Findings findings, CancellationToken cancellationToken) =>
        ledger.CommitAsync(new SettleWebhook(entry, findings, events, time.GetUtcNow()), cancellationToken);

    private async Task<Findings> FindAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (await integrations.OpenAsync(entry.Key.Tenant, entry.Key.Integration, cancellationToken) is not { } open)
            return Findings.Broken("The integration was deleted before this was processed.", mayPass: false);
        var reading = Read(entry, open);
        if (!reading.IsSuccess)
            return Findings.Broken(reading.Error, mayPass: false);
        var read = reading.Value;

        var updates = new List<ISubjectUpdate>();
        var unmatched = new List<string>();
        var costs = new List<CostBooks>();
        foreach (var providerEvent in read.Where(candidate => candidate is not UnmappedEvent))
        {
            if (providerEvent is ForeignEvent foreign)
            {
                updates.Add(new NoUpdate(null, Plain(foreign.Reason)));
                continue;
            }

            var handling = _targets.Where(target => target.Handles(providerEvent)).ToArray();
            if (handling.Length == 0)
                continue;
            if (await FindAsync(handling, open.Integration, providerEvent, cancellationToken) is { } update)
            {
                updates.Add(update);
                open.Unmapped.Look(open.Provider.Name, providerEvent.Told);
                if (update.Subject is { } subject && providerEvent.Told is { Costs.Count: > 0 } told)
                    costs.Add(new CostBooks(told, entry.Key.Tenant, entry.Key.Integration, subject, time.GetUtcNow()));
            }
            else
                unmatched.Add(
                    Plain(
                        $"{providerEvent.Kind} {providerEvent.HubReference ?? "without a reference of the hub"}, at the provider "
                            + $"{providerEvent.ProviderReference ?? "unnamed"}"));
        }

        return new Findings(updates, unmatched, read.OfType<UnmappedEvent>().Select(unmapped => Plain(unmapped.Reason)).ToArray())
        {
            Costs = costs,
        };
    }

    private static async Task<ISubjectUpdate?> FindAsync(
        IProviderEventTarget[] handling, Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken)
    {
        foreach (var target in handling)
        {
            if (await target.FindAsync(integration, providerEvent, cancellationToken) is { } update)
                return update;
        }

        return null;
    }

    /// <summary>A connector that breaks here will break again on the same bytes, until it is changed.</summary>
    private Result<IReadOnlyList<ProviderEvent>, string> Read(InboxEntry entry, OpenIntegration open)
    {
        try
        {
            return new(open.Make<IReceiveWebhooks>().Read(WebhookRecord.ToRequest(entry), open.Connection));
        }
        catch (Exception exception)
        {
            LogBroke(exception, entry.Id, entry.Provider);
            return Plain(
                $"The connector could not read it ({exception.GetType().Name}): "
                    + $"{Redaction.Excerpt(exception.Message, open.Connection.Secrets.Values)}");
        }
    }

    /// <summary>As any database takes it: no control characters, no half characters, not too long.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= MaxDetail)
                break;
            plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Inbox} of {Provider} broke while it was processed")]
    private partial void LogBroke(Exception exception, InboxId inbox, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook of {Integration} could not be processed; it stays due")]
    private partial void LogLeft(Exception exception, IntegrationId integration);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Inbox} of {Provider} waits for a person, {Status}: {Detail}")]
    private partial void LogParked(InboxId inbox, string provider, InboxStatus status, string? detail);
}
