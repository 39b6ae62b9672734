using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>Sends SMS and WhatsApp messages. Both are one resource at Twilio; the prefix of the addresses tells them apart.</summary>
/// <remarks>
/// Twilio has no idempotency key and no reference of ours: the hub's id travels in the address of the status callback.
/// Source: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message.
/// </remarks>
[Provider("twilio")]
internal sealed class TwilioMessages(ProviderHttp http) : ISendSms, ISendWhatsApp
{
    public Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken) =>
        SendAsync(TwilioForms.Sms(request, connection), connection, cancellationToken);

    public Task<Result<MessageState, ProviderFailure>> SendWhatsAppAsync(
        WhatsAppRequest request, Connection connection, CancellationToken cancellationToken) =>
        SendAsync(TwilioForms.WhatsApp(request, connection), connection, cancellationToken);

    private async Task<Result<MessageState, ProviderFailure>> SendAsync(
        Result<FormBody, ProviderFailure> form, Connection connection, CancellationToken cancellationToken)
    {
        if (!form.IsSuccess)
            return form.Error;
        using var message = TwilioMessage.Create(HttpMethod.Post, TwilioMessage.Path(connection, "Messages.json"), connection);
        message.Content = form.Value.ToContent();
        var sent = await http.SendAsync(message, TwilioJson.Default.TwilioSentMessage, TwilioFailures.Classify, cancellationToken);
        return sent.Map(TwilioMapping.FromMessage);
    }
}
