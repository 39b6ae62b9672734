using System.Globalization;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.SendGrid;

/// <summary>What SendGrid's refusals mean. Answers have a text and no code; events have mail servers' codes, or a reason.</summary>
internal static class SendGridFailures
{
    private const string Reset = "X-RateLimit-Reset";
    private const long LongestWait = 3600;

    /// <summary>Enhanced status codes of mail servers (RFC 3463), and the reasons for which SendGrid itself drops a message.</summary>
    /// <remarks>Sources: https://www.iana.org/assignments/smtp-enhanced-status-codes, https://docs.sendgrid.com (event webhook).</remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "5.1.0", InvalidDestination, "The address does not exist." },
        { "5.1.1", InvalidDestination, "There is no such mailbox." },
        { "5.1.2", InvalidDestination, "There is no such domain." },
        { "5.1.3", InvalidDestination, "The address is not valid." },
        { "5.1.6", InvalidDestination, "The mailbox has moved." },
        { "5.1.10", InvalidDestination, "The domain takes no mail." },
        { "5.2.1", InvalidDestination, "The mailbox is disabled." },
        { "5.2.2", Unreachable, "The mailbox is full." },
        { "5.2.3", InvalidRequest, "The message is too long for the mailbox." },
        { "5.3.4", InvalidRequest, "The message is too long for the mail server." },
        { "5.4.1", InvalidDestination, "The mail server takes nothing for this address." },
        { "5.4.4", Unreachable, "The domain's mail server cannot be found." },
        { "5.5.0", InvalidDestination, "The mail server does not take the address." },
        { "5.6.0", InvalidRequest, "The mail server does not take the content." },
        { "5.7.0", Blocked, "The mail server's policy refused it." },
        { "5.7.1", Blocked, "The mail server's policy refused it." },
        { "5.7.26", AccountRestricted, "SPF or DKIM of the sender's domain do not pass." },
        { "4.2.2", Unreachable, "The mailbox is full." },
        { "4.4.1", Unreachable, "The mail server did not answer." },
        { "4.7.0", Blocked, "The mail server's policy refused it for now." },
        { "Unsubscribed Address", FailureReason.OptedOut, "The recipient unsubscribed at SendGrid." },
        { "Spam Reporting Address", FailureReason.OptedOut, "The recipient called an earlier message spam." },
        { "Bounced Address", InvalidDestination, "An earlier message to this address bounced." },
        { "Invalid", InvalidDestination, "The address is not valid." },
        { "Spam Content", Blocked, "SendGrid took it for spam." },
        { "Invalid SMTPAPI header", InvalidRequest, "The message is not valid." },
        { "Recipient List over Package Quota", LimitExceeded, "The account's quota is used up." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, SendGridJson.Default.SendGridErrors)?.Errors is [var first, ..] ? first : null;
        var message = error?.Field is { Length: > 0 } field ? $"{field}: {error.Message}" : error?.Message;
        var failure = HttpFailures.Classify(reply, null, message);
        return failure with { RetryAfter = failure.RetryAfter ?? UntilReset(reply) };
    }

    /// <summary>Null when the answer does not tell, or the time has come.</summary>
    private static TimeSpan? UntilReset(ProviderReply reply) =>
        reply.Headers.TryGetValues(Reset, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds - reply.ReceivedAt.ToUnixTimeSeconds() is > 0 and <= LongestWait and var wait ? TimeSpan.FromSeconds(wait) : null;
}
