namespace Patchbay.Sandbox.Messages;

/// <summary>A message a vendor accepted. Its status is not stored but follows from its plan and the clock.</summary>
/// <param name="To">One recipient, as the vendor writes it.</param>
public sealed record SentMessage(string Id, string Account, string To, MessageOrder Order, DateTimeOffset CreatedAt)
{
    public required IReadOnlyList<Receipt> Plan { get; init; }

    /// <summary>What is billed.</summary>
    public required int Segments { get; init; }

    /// <summary>When the one who had scheduled it took it back; null for a message that goes out.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>When it comes to the vendor's queue.</summary>
    public DateTimeOffset StartsAt => Order.SendAt ?? CreatedAt;

    public string? From => Order.From;

    public string Body => Order.Body;

    /// <summary>The latest receipt at that time; null while it is still in the vendor's queue.</summary>
    public Receipt? ReceiptAt(DateTimeOffset now)
    {
        if (CanceledAt is not null)
            return null;
        var age = now - StartsAt;
        for (var step = Plan.Count - 1; step >= 0; step--)
        {
            if (Plan[step].After <= age)
                return Plan[step];
        }

        return null;
    }

    /// <summary>When it left the vendor's queue; null while it has not.</summary>
    public DateTimeOffset? SentAt(DateTimeOffset now) => ReceiptAt(now) is null ? null : StartsAt + Plan[0].After;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt(DateTimeOffset now) =>
        CanceledAt ?? (ReceiptAt(now) is { } receipt ? StartsAt + receipt.After : CreatedAt);

    /// <summary>Whether nothing more becomes of it.</summary>
    public bool IsOver(DateTimeOffset now) => CanceledAt is not null || ReceiptAt(now) == Plan[^1];
}
