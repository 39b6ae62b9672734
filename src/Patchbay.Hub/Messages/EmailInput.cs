using Patchbay.Hub.Suppressions;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Messages;

/// <summary>Reads what belongs to an e-mail.</summary>
internal static class EmailInput
{
    private const int MaxSubject = 500;
    private const int MaxText = 100_000;
    private const int MaxHtml = 300_000;

    /// <summary>The text is made of the HTML when there is none.</summary>
    public static (string? From, string? Text, EmailContent? Email) Read(SendMessageRequest request, Faults faults)
    {
        var from = request.From is null ? null : RecipientInput.Email(request.From, "from", faults);
        var replyTo = request.ReplyTo is null ? null : RecipientInput.Email(request.ReplyTo, "reply_to", faults);
        var subject = faults.Text(request.Subject, "subject", MaxSubject);
        faults.Require(!subject.Any(char.IsControl), "subject", "must be one line, without control characters");
        faults.OptionalText(request.Body, "body", MaxText);
        faults.OptionalText(request.BodyHtml, "body_html", MaxHtml);
        faults.Require(request.Template is null, "template", "is for WhatsApp; an e-mail has a body");
        var text = string.IsNullOrWhiteSpace(request.Body) && !faults.Any && request.BodyHtml is { } html
            ? HtmlText.Of(html) : request.Body;
        faults.Require(
            !string.IsNullOrWhiteSpace(text) || faults.Concern("body_html"), "body", "is required, or a body_html that has text");
        return (from, text, new EmailContent(subject, request.BodyHtml, replyTo));
    }

    /// <summary>What other messages do not have.</summary>
    public static void RefuseOn(SendMessageRequest request, Faults faults)
    {
        const string Why = "must not be given: only an e-mail has it";
        faults.Require(request.Subject is null, "subject", Why);
        faults.Require(request.BodyHtml is null, "body_html", Why);
        faults.Require(request.ReplyTo is null, "reply_to", Why);
    }
}
