using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.SendGrid;

/// <summary>Sends e-mails. SendGrid answers 202 before a message leaves, so what comes back is queued at best.</summary>
/// <remarks>
/// SendGrid has no idempotency key. Its logs could be asked, by a paid add-on that most accounts do not have: so a message whose answer
/// was lost is sent again, until an event tells of it, which gives back the hub's id.
/// Source: https://docs.sendgrid.com/api-reference/mail-send.
/// </remarks>
[Provider("sendgrid")]
internal sealed class SendGridMessages(ProviderHttp http) : ISendEmail
{
    private const string IdHeader = "X-Message-Id";

    public async Task<Result<MessageState, ProviderFailure>> SendEmailAsync(
        EmailRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SendGridMessage.Create(HttpMethod.Post, "v3/mail/send", connection);
        message.Content = JsonContent.Create(Body(request, connection), SendGridJson.Default.SendGridMail);
        var sent = await http.SendAsync(message, SendGridFailures.Classify, cancellationToken);
        return sent.Then(reply => reply.Headers.TryGetValues(IdHeader, out var ids) && ids.FirstOrDefault() is { Length: > 0 } id
            ? new MessageState(id, MessageStatus.Queued)
            : (Result<MessageState, ProviderFailure>)ProviderFailure.Unreadable($"SendGrid took the message but named no {IdHeader}."));
    }

    private static SendGridMail Body(EmailRequest request, Connection connection)
    {
        var sender = request.From is { } own
            ? new SendGridAddress(own) : new SendGridAddress(connection.Value("from_email"), connection.FindValue("from_name"));
        var text = new SendGridContent("text/plain", request.Text);
        return new SendGridMail(
            [new SendGridPersonalization([new SendGridAddress(request.To)], new SendGridArguments(request.MessageId))], sender,
            request.Subject, request.Html is { } html ? [text, new SendGridContent("text/html", html)] : [text])
        {
            ReplyTo = request.ReplyTo is { } replies ? new SendGridAddress(replies) : null,
        };
    }
}
