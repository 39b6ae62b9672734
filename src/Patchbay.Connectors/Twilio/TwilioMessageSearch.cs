using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>Looks for a message whose answer was lost among the newest to the same recipient.</summary>
/// <remarks>Source: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources.</remarks>
[Provider("twilio")]
internal sealed class TwilioMessageSearch(ProviderHttp http) : ILookUpMessage
{
    /// <summary>Enough for one recipient in the minutes since the first attempt, and well below the largest answer read.</summary>
    private const int PageSize = 200;

    public async Task<Result<IReadOnlyList<MessageState>, ProviderFailure>> LookUpMessageAsync(
        MessageSearch search, Connection connection, CancellationToken cancellationToken)
    {
        using var request = TwilioMessage.Create(
            HttpMethod.Get, TwilioMessage.Path(connection, "Messages.json") + Query(search), connection);
        var list = await http.SendAsync(request, TwilioJson.Default.TwilioMessageList, TwilioFailures.Classify, cancellationToken);
        if (!list.IsSuccess)
            return list.Error;
        if (list.Value is { NextPageUri: not null, Messages: [.., var oldest] } && !(TwilioMapping.CreatedAt(oldest) < search.Since))
            return MessageSearch.TooMany;
        return new(search.Candidates(
            list.Value.Messages, TwilioMapping.CreatedAt, message => Fits(message, search), TwilioMapping.FromMessage));
    }

    // Not filtered by DateSent: a queued message has none yet, and would be sent a second time.
    // The sender is given only when the message named one, because a messaging service may have picked any.
    private static string Query(MessageSearch search)
    {
        var query = $"?To={Escape(search, search.To.Value)}&PageSize={PageSize}";
        return search.From is { Length: > 0 } from ? $"{query}&From={Escape(search, from)}" : query;
    }

    private static string Escape(MessageSearch search, string address) =>
        Uri.EscapeDataString(search.WhatsApp ? TwilioForms.WhatsAppAddress(address) : address);

    // Of a template only the filled-in text comes back, which the hub does not know.
    private static bool Fits(TwilioSentMessage message, MessageSearch search) =>
        message.Direction?.StartsWith("outbound", StringComparison.Ordinal) == true && (search.Body is null || message.Body == search.Body);
}
