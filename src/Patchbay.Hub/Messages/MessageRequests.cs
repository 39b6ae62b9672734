using System.ComponentModel.DataAnnotations;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Messages;

/// <summary>Sends a message.</summary>
/// <param name="Channel"><c>sms</c>, <c>whatsapp</c> or <c>email</c>.</param>
/// <param name="To">E.164, for example <c>+14155550123</c>; of a length that its country code has. For e-mails an address alone.</param>
/// <param name="From">Sender; the integration's own by default.</param>
/// <param name="Body">1 to 1600 characters; or a template instead. Of an e-mail the text, at most 100,000 characters; made of the HTML when
/// there is none.</param>
/// <param name="Subject">Of an e-mail: 1 to 500 characters.</param>
/// <param name="BodyHtml">Of an e-mail: at most 300,000 characters.</param>
/// <param name="ReplyTo">Of an e-mail: where answers go; to the sender by default.</param>
/// <param name="Template">An approved WhatsApp template; or a body instead.</param>
/// <param name="Priority"><c>high</c> for one-time passwords, <c>normal</c> by default, <c>low</c> for bulk.</param>
/// <param name="CustomerId">The caller's id of the recipient, at most 100 characters.</param>
/// <param name="EventType">What it is about, for the caller's own statistics; at most 100 characters.</param>
/// <param name="Country">Of the recipient, ISO 3166-1 alpha-2, for rules on <c>recipient_country</c>; by default that of the
/// number.</param>
/// <param name="ScheduledAt">Not before this; at most 30 days ahead.</param>
/// <param name="ExpiresAt">Not after this.</param>
/// <param name="IntegrationId">Bypasses the rules.</param>
/// <param name="OverrideSuppression">Sends it although the recipient is on the list of suppressions: for one-time passwords and what the
/// law demands.</param>
/// <example>{"channel":"sms","to":"+14155550123","body":"Your order is on its way.","customer_id":"cus_17"}</example>
public sealed record SendMessageRequest(
    [Required] MessageChannel? Channel = null, [Required] string? To = null, string? From = null, string? Body = null,
    string? Subject = null, string? BodyHtml = null, string? ReplyTo = null,
    TemplateRequest? Template = null, string? Priority = null, string? CustomerId = null, string? EventType = null, string? Country = null,
    IReadOnlyDictionary<string, string>? Metadata = null, DateTimeOffset? ScheduledAt = null, DateTimeOffset? ExpiresAt = null,
    IntegrationId? IntegrationId = null, bool? OverrideSuppression = null);

/// <summary>An approved template with its variables.</summary>
/// <param name="Name">The provider's name or id of it.</param>
/// <param name="Language">The template's own by default.</param>
/// <param name="Data">Placeholder to text.</param>
public sealed record TemplateRequest(
    [Required] string? Name = null, string? Language = null, IReadOnlyDictionary<string, string>? Data = null);
