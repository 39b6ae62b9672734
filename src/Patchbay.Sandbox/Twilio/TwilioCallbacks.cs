using System.Globalization;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Sandbox.Twilio;

/// <summary>Tells the StatusCallback of a message of each of its receipts.</summary>
internal sealed class TwilioCallbacks(SandboxWorld world)
{
    /// <summary>Twilio tries once more by default.</summary>
    private const int Retries = 1;
    private static readonly Secret NobodysToken = new("00000000000000000000000000000000");

    public void Announce(TwilioAccount account, SentMessage message, string callback, string? code)
    {
        var url = callback.Split('#')[0];
        var webhooks = new List<Webhook>(message.Plan.Count);
        var before = TimeSpan.Zero;
        foreach (var receipt in message.Plan)
        {
            webhooks.Add(new Webhook(receipt.Status, receipt.After - before, badSignature => Request(account, message, receipt, url, badSignature)));
            before = receipt.After;
        }

        world.Webhooks.Send(new WebhookRun("twilio", webhooks, Retries, code));
    }

    private static HttpRequestMessage Request(TwilioAccount account, SentMessage message, Receipt receipt, string url, bool badSignature)
    {
        var form = Fields(account, message, receipt);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        // Without a token nothing can be signed: an API key alone does not tell it, see TwilioAccounts.Register.
        if ((badSignature ? NobodysToken : account.AuthToken) is { } token)
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", TwilioSignature.Of(token, url, form));
        return request;
    }

    private static FormBody Fields(TwilioAccount account, SentMessage message, Receipt receipt)
    {
        var isWhatsApp = message.To.StartsWith("whatsapp:", StringComparison.Ordinal);
        return new FormBody
        {
            { "AccountSid", account.Sid },
            { "ApiVersion", "2010-04-01" },
            { "ChannelToAddress", isWhatsApp ? message.To["whatsapp:".Length..] : null },
            { "ErrorCode", receipt.ErrorCode?.ToString(CultureInfo.InvariantCulture) },
            { "EventType", isWhatsApp && receipt.Status == "read" ? "READ" : null },
            { "From", message.From },
            { "MessageSid", message.Id },
            { "MessageStatus", receipt.Status },
            { "MessagingServiceSid", message.Service },
            { "SmsSid", message.Id },
            { "SmsStatus", receipt.Status },
            { "To", message.To },
        };
    }
}
