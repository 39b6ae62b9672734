using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>Sends SMS. Plivo answers 202 before the message leaves, so what comes back is queued at best.</summary>
/// <remarks>
/// Plivo has no idempotency key and no field for a reference: the hub's id travels in the address of the status callback.
/// Source: https://docs.plivo.com/docs/messaging/api/message/send-a-message.
/// </remarks>
[Provider("plivo")]
internal sealed class PlivoMessages(ProviderHttp http) : ISendSms
{
    public async Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken)
    {
        // Exactly one of sender and Powerpack may be given. A sender in the message wins over the integration's own.
        var powerpack = request.From is { Length: > 0 } || connection.FindValue("powerpack_uuid") is not { Length: > 0 } pack ? null : pack;
        var source = powerpack is not null ? null : request.From is { Length: > 0 } from ? from : connection.FindValue("src");
        if (powerpack is null && string.IsNullOrEmpty(source))
            return MessageFailures.NoSender("sender and no Powerpack");

        using var message = PlivoMessage.Create(HttpMethod.Post, "Message/", connection);
        message.Content = JsonContent.Create(
            new PlivoSendBody(
                source is null ? null : PlivoMessage.Number(source), powerpack, request.To.Digits, request.Body,
                MessageCallback.For(connection, request.MessageId).AbsoluteUri)
            {
                DltEntityId = connection.FindValue("dlt_entity_id"),
                DltTemplateId = connection.FindValue("dlt_template_id"),
                DltTemplateCategory = connection.FindValue("dlt_template_category"),
            },
            PlivoJson.Default.PlivoSendBody);
        var sent = await http.SendAsync(message, PlivoJson.Default.PlivoSent, PlivoFailures.Classify, cancellationToken);
        return sent.Then(PlivoMapping.FromSent);
    }
}
