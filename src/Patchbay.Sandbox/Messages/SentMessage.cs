namespace Patchbay.Sandbox.Messages;

/// <summary>A message a vendor accepted. Its status is not stored but follows from its plan and the clock.</summary>
/// <param name="To">One recipient, as the vendor writes it.</param>
public sealed record SentMessage(string Id, string Account, string To, MessageOrder Order, DateTimeOffset CreatedAt)
{
    public required IReadOnlyList<Receipt> Plan { get; init; }

    /// <summary>What is billed.</summary>
    public required int Segments { get; init; }

    public string? From => Order.From;

    public string Body => Order.Body;

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

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt(DateTimeOffset now) => CreatedAt + (ReceiptAt(now)?.After ?? TimeSpan.Zero);
}
