using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Vonage;

/// <summary>Sends SMS. Vonage answers 202 before the message leaves, so what comes back is queued at best.</summary>
/// <remarks>
/// Vonage has no idempotency key, and nothing tells of a message once its answer is lost: its receipt does, which gives back the hub's id.
/// Source: https://developer.vonage.com/en/api/messages-olympus.
/// </remarks>
[Provider("vonage")]
internal sealed class VonageMessages(ProviderHttp http) : ISendSms
{
    public async Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var sender = request.From is { Length: > 0 } from ? from : connection.Value("from");
        using var message = VonageMessage.Create(HttpMethod.Post, "v1/messages", connection);
        message.Content = JsonContent.Create(
            new VonageSmsBody(
                request.To.Digits, VonageMessage.Number(sender), request.Body, request.MessageId,
                MessageCallback.For(connection, request.MessageId).AbsoluteUri)
            {
                Sms = VonageSmsOptions.Of(connection.FindValue("dlt_entity_id"), connection.FindValue("dlt_content_id")),
            },
            VonageJson.Default.VonageSmsBody);
        var sent = await http.SendAsync(message, VonageJson.Default.VonageSent, VonageFailures.Classify, cancellationToken);
        return sent.Then(VonageMapping.FromSent);
    }
}
