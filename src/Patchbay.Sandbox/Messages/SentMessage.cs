namespace Patchbay.Sandbox.Messages;

/// <summary>A message a vendor accepted. Its status is not stored but follows from its plan and the clock.</summary>
internal sealed record SentMessage(string Id, string Account, string To, string? From, string Body, DateTimeOffset CreatedAt)
{
    public required IReadOnlyList<Receipt> Plan { get; init; }

    public required int Segments { get; init; }

    /// <summary>Twilio's MessagingServiceSid or Plivo's powerpack; null for none.</summary>
    public string? Service { get; init; }

    /// <summary>Plivo's type: sms, mms or whatsapp.</summary>
    public string Type { get; init; } = "sms";

    /// <summary>The latest receipt at that time; null while it is still in the vendor's queue.</summary>
    public Receipt? ReceiptAt(DateTimeOffset now)
    {
        var age = now - CreatedAt;
        for (var step = Plan.Count - 1; step >= 0; step--)
        {
            if (Plan[step].After <= age)
                return Plan[step];
        }

        return null;
    }

    /// <summary>When it left the vendor's queue; null while it has not.</summary>
    public DateTimeOffset? SentAt(DateTimeOffset now) => ReceiptAt(now) is null ? null : CreatedAt + Plan[0].After;
}
