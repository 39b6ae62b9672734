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
        var powerpack = request.From is { Length: > 0 } ? null : connection.FindValue("powerpack_uuid");
        var source = powerpack is { Length: > 0 } ? null : request.From is { Length: > 0 } from ? from : connection.FindValue("src");
        if (string.IsNullOrEmpty(powerpack) && string.IsNullOrEmpty(source))
            return PlivoFailures.NoSender();

        using var message = PlivoMessage.Create(HttpMethod.Post, "Message/", connection);
        message.Content = JsonContent.Create(
            new PlivoSendBody
            {
                Src = source is null ? null : PlivoMessage.Number(source),
                PowerpackUuid = source is null ? powerpack : null,
                // Several recipients would be joined by "<"; digits alone are always one.
                Dst = request.To.Digits,
                Text = request.Body,
                Url = MessageCallback.For(connection, request.MessageId).AbsoluteUri,
                DltEntityId = connection.FindValue("dlt_entity_id"),
                DltTemplateId = connection.FindValue("dlt_template_id"),
                DltTemplateCategory = connection.FindValue("dlt_template_category"),
            },
            PlivoJson.Default.PlivoSendBody);
        var sent = await http.SendAsync(message, PlivoJson.Default.PlivoSent, PlivoFailures.Classify, cancellationToken);
        return sent.Then(PlivoMapping.FromSent);
    }
}
