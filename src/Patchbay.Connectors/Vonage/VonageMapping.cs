using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Vonage;

/// <summary>Vonage's messages as the hub sees them. Pure.</summary>
/// <remarks>Source: https://developer.vonage.com/en/messages/concepts/messages-status-callbacks.</remarks>
internal static class VonageMapping
{
    /// <summary>Null for a word that is not known.</summary>
    public static MessageStatus? Status(string? word) => word switch
    {
        "submitted" => MessageStatus.Sent,
        "delivered" => MessageStatus.Delivered,
        "read" => MessageStatus.Read,
        "rejected" => MessageStatus.Failed,
        "undeliverable" => MessageStatus.Undelivered,
        _ => null,
    };

    public static Result<MessageState, ProviderFailure> FromSent(VonageSent sent) => sent.MessageUuid.Length > 0
        ? new MessageState(sent.MessageUuid, MessageStatus.Queued)
        : ProviderFailure.Unreadable("Vonage took the message but named no message_uuid.");

    /// <summary>Price and number of parts are in receipts only.</summary>
    public static MessageState FromReceipt(string id, MessageStatus status, VonageReceipt receipt) =>
        new MessageState(id, status, receipt.Sms?.CountTotal is > 0 and var parts ? parts : null)
        {
            Costs = CostLine.Read("message", receipt.Usage?.Price, receipt.Usage?.Currency),
        }.Because(receipt.Error?.Code, VonageFailures.Codes, receipt.Error?.Detail);
}
