using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Suppressions;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>A message request that was found good.</summary>
/// <param name="Country">Of the recipient: as the request says, else as the number does.</param>
internal sealed record MessageInput(
    MessageChannel Channel, string To, string? Country, string? From, string? Body, DeliveryPriority Priority, MessageDetails Details)
{
    private const int MaxBody = 1600;

    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(30);

    public string Capability => MessageCapabilities.Of(Channel).Name;

    public static MessageInput? Read(SendMessageRequest request, DateTimeOffset now, Faults faults)
    {
        faults.Require(request.Channel is not null, "channel", "is required: sms, whatsapp or email");
        var to = RecipientInput.Read(request.Channel, request.To, "to", faults);
        PhoneNumber? number = request.Channel != MessageChannel.Email && to is not null ? PhoneNumber.Parse(to) : null;
        if (number is { } called && NumberingPlan.FaultOf(called) is { } fault)
            faults.Add("to", fault);
        faults.OptionalName(request.CustomerId, "customer_id", 100);
        faults.OptionalText(request.EventType, "event_type", 100);
        var country = CountryCode.Read(request.Country, "country", faults);
        var priority = DeliveryPriority.Normal;
        faults.Require(request.Priority is null
            || Words.TryParse(request.Priority, out priority), "priority", "must be high, normal or low");
        faults.Require(request.ScheduledAt is null
            || request.ScheduledAt <= now + MaxAhead, "scheduled_at", "must be at most 30 days ahead");
        faults.Require(request.ExpiresAt is null || request.ExpiresAt > (request.ScheduledAt > now ? request.ScheduledAt : now),
            "expires_at", "must be in the future, and after scheduled_at");
        MetadataInput.Check(request.Metadata, faults);

        var isEmail = request.Channel == MessageChannel.Email;
        var (from, body, email) = isEmail ? EmailInput.Read(request, faults) : (request.From, request.Body, null);
        var template = isEmail ? null : ReadText(request, faults);
        return faults.Any ? null : new MessageInput(
            request.Channel!.Value, to!, country ?? (number is { } known ? NumberingPlan.CountryOf(known) : null), from, body, priority,
            new MessageDetails(
                template, request.CustomerId, request.EventType, request.Metadata ?? new Dictionary<string, string>(), request.ScheduledAt,
                request.ExpiresAt, email));
    }

    /// <summary>Reads what an SMS or a WhatsApp message says.</summary>
    /// <returns>The template; null for a body.</returns>
    private static WhatsAppTemplate? ReadText(SendMessageRequest request, Faults faults)
    {
        faults.OptionalText(request.From, "from", 60);
        EmailInput.RefuseOn(request, faults);
        var template = ReadTemplate(request, faults);
        if (request.Template is null && string.IsNullOrEmpty(request.Body))
            faults.Add("body", "is required");
        else if (request.Template is null)
            faults.OptionalText(request.Body, "body", MaxBody);
        return template;
    }

    private static WhatsAppTemplate? ReadTemplate(SendMessageRequest request, Faults faults)
    {
        if (request.Template is not { } template)
            return null;
        faults.Require(request.Channel == MessageChannel.Whatsapp, "template", "is for WhatsApp; an SMS has a body");
        faults.Require(request.Body is null, "body", "must not be given together with a template");
        var name = faults.Text(template.Name, "template.name", 200);
        faults.OptionalText(template.Language, "template.language", 20);
        faults.Require(template.Data is null or { Count: <= 50 }, "template.data", "has more than 50 entries");
        foreach (var (key, value) in template.Data ?? new Dictionary<string, string>())
            faults.Require(value is { Length: <= 1000 }, "template.data." + key, "must be a text of at most 1000 characters");
        return new WhatsAppTemplate(name, template.Language, template.Data ?? new Dictionary<string, string>());
    }
}
