using System.Data.Common;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>
/// Finds out what became of messages whose answers were lost. Where several lost calls may have made what is found at the provider, a
/// message counts as sent only when there are more records than others can have made: rather twice than never.
/// </summary>
internal sealed class LostMessages(Database database)
{
    /// <summary>More of them are not counted: a message among so many is sent again.</summary>
    private const int MostOthers = 1000;

    /// <summary>The provider's clock is not ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private static readonly ProviderFailure Ambiguous = ProviderFailure.Rejected(
        FailureCause.Recipient, "ambiguous",
        "What the provider knows of may be other messages to this recipient whose answers were lost, too.");

    /// <summary>What a receipt told meanwhile, else what a search finds; null when it was not sent, as far as anybody can tell.</summary>
    public async Task<Result<MessageState?, ProviderFailure>> FindAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        if (await ReceiptAsync(delivery, cancellationToken) is { } told)
        {
            await ClaimAsync(delivery, told, cancellationToken);
            return told;
        }

        var provider = at.Make<ILookUpMessage>();
        var search = new MessageSearch(
            delivery.Capability == Capabilities.SendWhatsApp, PhoneNumber.Parse(payload.To), payload.From, payload.Body,
            delivery.FirstCallAt ?? delivery.CreatedAt);
        var found = await provider.LookUpMessageAsync(search, at.Connection, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        // In this order: who is on the way may be lost next, and who is lost may be found.
        var others = await OnTheirWayAsync(payload, delivery, provider.GivesTexts, cancellationToken)
            + await LostAsync(payload, delivery, search.Since, provider.GivesTexts, cancellationToken);
        var unclaimed = await UnclaimedAsync(delivery, found.Value, cancellationToken);
        if (unclaimed.Count == 0)
            return null as MessageState;
        foreach (var record in unclaimed.Count > others ? unclaimed : [])
        {
            if (await ClaimAsync(delivery, record, cancellationToken))
                return record;
        }

        // A receipt may tell soon; after that, waiting is no help.
        return delivery.LookUps == 0 ? Ambiguous with { Outcome = FailureOutcome.Unknown, NothingHappened = false } : Ambiguous;
    }

    private async Task<MessageState?> ReceiptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var message = await database.FindAsync(
            "SELECT * FROM messages WHERE tenant_id = @TenantId AND id = @SubjectId",
            new { delivery.TenantId, delivery.SubjectId }, MessageTable.Instance.Read, cancellationToken);
        return message is { ProviderReference: { } reference }
            ? new MessageState(reference, message.Status, message.Segments, message.Failure)
            : null;
    }

    /// <summary>How many calls for others may be made just now: what they made has no owner yet.</summary>
    private Task<int> OnTheirWayAsync(
        MessagePayload payload, Delivery delivery, bool byText, CancellationToken cancellationToken) => CountAsync(
        "SELECT m.body FROM deliveries AS d JOIN messages AS m ON m.tenant_id = @TenantId AND m.id = d.subject_id "
            + "WHERE d.leased_by IS NOT NULL AND d.lane_id = @Lane AND d.status <> 'failed' AND m.recipient = @To AND m.id <> @SubjectId "
            + "LIMIT @MostOthers",
        new { delivery.TenantId, Lane = delivery.Lane.Value, payload.To, delivery.SubjectId, MostOthers }, payload, byText,
        cancellationToken);

    /// <summary>How many calls for others since then may have made something that has no owner.</summary>
    private Task<int> LostAsync(
        MessagePayload payload, Delivery delivery, DateTimeOffset since, bool byText, CancellationToken cancellationToken) => CountAsync(
        "SELECT m.body FROM lost_calls AS l JOIN messages AS m ON m.tenant_id = l.tenant_id AND m.id = l.message_id "
            + "WHERE l.tenant_id = @TenantId AND l.integration_id = @Lane AND l.recipient = @To AND l.lost_at >= @Since "
            + "AND l.message_id <> @SubjectId AND l.provider_reference IS NULL LIMIT @MostOthers",
        new
        {
            delivery.TenantId, Lane = delivery.Lane.Value, payload.To, Since = since - ClockTolerance, delivery.SubjectId, MostOthers,
        },
        payload, byText, cancellationToken);

    private async Task<int> CountAsync(
        string bodies, object parameters, MessagePayload payload, bool byText, CancellationToken cancellationToken)
    {
        var others = await database.QueryAsync(bodies, parameters, row => row.FindText("body"), cancellationToken);
        // Nobody knows the text that comes of a template.
        return byText && payload.Body is { } text ? others.Count(other => other is null || other == text) : others.Count;
    }

    /// <summary>Of what a search found, what no other message is known by.</summary>
    private async Task<IReadOnlyList<MessageState>> UnclaimedAsync(
        Delivery delivery, IReadOnlyList<MessageState> found, CancellationToken cancellationToken)
    {
        var unclaimed = new List<MessageState>();
        foreach (var record in found)
        {
            var owner = await database.FindAsync(
                "SELECT id FROM messages WHERE tenant_id = @TenantId AND provider_reference = @ProviderReference AND id <> @SubjectId "
                    + "UNION ALL SELECT message_id FROM lost_calls WHERE tenant_id = @TenantId AND integration_id = @Lane "
                    + "AND provider_reference = @ProviderReference AND message_id <> @SubjectId LIMIT 1",
                new { delivery.TenantId, Lane = delivery.Lane.Value, record.ProviderReference, delivery.SubjectId }, _ => "",
                cancellationToken);
            if (owner is null)
                unclaimed.Add(record);
        }

        return unclaimed;
    }

    /// <summary>Takes a record for what the first of the lost calls made. False when another message has it.</summary>
    private async Task<bool> ClaimAsync(Delivery delivery, MessageState record, CancellationToken cancellationToken)
    {
        var claim = new { delivery.TenantId, delivery.SubjectId, Lane = delivery.Lane.Value, record.ProviderReference };
        try
        {
            return await database.ExecuteAsync(
                "UPDATE lost_calls SET provider_reference = @ProviderReference WHERE tenant_id = @TenantId AND message_id = @SubjectId "
                    + "AND number = (SELECT number FROM lost_calls WHERE tenant_id = @TenantId AND message_id = @SubjectId "
                    + "AND integration_id = @Lane AND (provider_reference IS NULL OR provider_reference = @ProviderReference) "
                    + "ORDER BY provider_reference IS NULL, number LIMIT 1)",
                claim, cancellationToken) > 0;
        }
        catch (DbException exception) when (exception.IsDuplicate())
        {
            return false;
        }
    }
}
