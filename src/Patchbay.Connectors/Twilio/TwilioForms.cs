using System.Text.Json;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>The form bodies of Twilio's Messages. A body that cannot be made is refused before anything is sent.</summary>
/// <remarks>Source: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message.</remarks>
internal static partial class TwilioForms
{
    public static Result<FormBody, ProviderFailure> Sms(SmsRequest request, Connection connection)
    {
        var form = new FormBody { { "To", request.To.Value } };
        if (request.From is { Length: > 0 } from)
            form.Add("From", from);
        else if (connection.FindValue("messaging_service_sid") is { Length: > 0 } service)
            form.Add("MessagingServiceSid", service);
        else if (connection.FindValue("from_number") is { Length: > 0 } number)
            form.Add("From", number);
        else
            return MessageFailures.NoSender("SMS sender");

        form.Add("Body", request.Body);
        form.Add("StatusCallback", MessageCallback.For(connection, request.MessageId).AbsoluteUri);
        return form;
    }

    public static Result<FormBody, ProviderFailure> WhatsApp(WhatsAppRequest request, Connection connection)
    {
        var form = new FormBody { { "To", WhatsAppAddress(request.To.Value) } };
        var sender = request.From is { Length: > 0 } from ? from : connection.FindValue("whatsapp_from");
        if (sender is { Length: > 0 })
            form.Add("From", WhatsAppAddress(sender));
        else if (connection.FindValue("messaging_service_sid") is { Length: > 0 } service)
            form.Add("MessagingServiceSid", service);
        else
            return MessageFailures.NoSender("WhatsApp sender");

        if (request.Template is { } template)
        {
            // A template goes by its content SID and without a Body: one in Body has been refused with 63016 since 2025-04-01.
            // https://www.twilio.com/docs/api/errors/63016
            if (!ContentSid().IsMatch(template.Name))
                return TwilioFailures.NotAContentSid(template.Name);
            form.Add("ContentSid", template.Name);
            if (template.Data.Count > 0)
                form.Add("ContentVariables", JsonSerializer.Serialize(template.Data, TwilioJson.Default.IReadOnlyDictionaryStringString));
        }
        else
        {
            form.Add("Body", request.Body);
        }

        form.Add("StatusCallback", MessageCallback.For(connection, request.MessageId).AbsoluteUri);
        return form;
    }

    /// <summary>WhatsApp numbers are written with the channel in front.</summary>
    public static string WhatsAppAddress(string number) =>
        number.StartsWith(TwilioMessage.WhatsAppPrefix, StringComparison.Ordinal) ? number : TwilioMessage.WhatsAppPrefix + number;

    [GeneratedRegex("^HX[0-9a-fA-F]{32}$")]
    private static partial Regex ContentSid();
}
