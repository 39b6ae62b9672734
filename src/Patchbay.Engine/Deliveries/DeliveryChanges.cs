using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>The changes a delivery goes through, each a copy. Nothing here reads a clock or a database.</summary>
public static class DeliveryChanges
{
    private const int MaxMessage = 500;

    /// <summary>A call on the present lane was made.</summary>
    public static Delivery CountCall(this Delivery delivery, DateTimeOffset startedAt) => delivery with
    {
        AttemptCount = delivery.AttemptCount + 1,
        Tries = delivery.Tries + 1,
        LaneTries = delivery.LaneTries + 1,
        LookUps = 0,
        FirstCallAt = delivery.FirstCallAt ?? startedAt,
    };

    /// <summary>A look-up was made: it spends an attempt's number, but no try.</summary>
    public static Delivery CountLookUp(this Delivery delivery) => delivery with
    {
        AttemptCount = delivery.AttemptCount + 1,
        LookUps = delivery.LookUps + 1,
    };

    /// <summary>
    /// Carries out a step. With <see cref="DeliveryStep.FallBack"/> the node keeps it; otherwise the lease ends. Where someone asked to
    /// cancel it and nothing is in doubt, it is canceled instead of being called again.
    /// </summary>
    public static Delivery Take(this Delivery delivery, DeliveryStep step, ProviderFailure? failure, DateTimeOffset now)
    {
        var next = delivery with
        {
            LeasedBy = null,
            DueAt = null,
            UpdatedAt = now,
            LastCode = failure?.Code ?? delivery.LastCode,
            LastReason = failure?.Reason ?? delivery.LastReason,
            LastMessage = Cut(failure?.Message) ?? delivery.LastMessage,
        };
        return step switch
        {
            DeliveryStep.Done => next with
            {
                Status = DeliveryStatus.Delivered, InDoubt = false, LastCode = null, LastReason = null, LastMessage = null,
            },
            DeliveryStep.RetryAt or DeliveryStep.FallBack when delivery.CancelRequested && !next.InDoubt =>
                next with { Status = DeliveryStatus.Canceled },
            DeliveryStep.RetryAt retry => next with { Status = DeliveryStatus.Retrying, DueAt = retry.When, LookUps = 0 },
            DeliveryStep.LookUpAt lookUp => next with { Status = DeliveryStatus.Failed, DueAt = lookUp.When },
            DeliveryStep.FallBack => next with
            {
                Status = DeliveryStatus.Retrying, Lane = delivery.Fallbacks[0], Fallbacks = delivery.Fallbacks.Skip(1).ToArray(),
                LaneTries = 0, LeasedBy = delivery.LeasedBy, Companion = null,
            },
            DeliveryStep.Exhaust exhaust => next with { Status = DeliveryStatus.Exhausted, Reason = exhaust.Reason },
            DeliveryStep.Hold => next with { Status = DeliveryStatus.Failed },
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    /// <summary>Back to the database, to be claimed by any node: no attempt was made.</summary>
    public static Delivery HandBack(this Delivery delivery, DateTimeOffset dueAt) => delivery with
    {
        LeasedBy = null,
        DueAt = dueAt,
        Status = delivery.Status == DeliveryStatus.InProgress ? DeliveryStatus.Retrying : delivery.Status,
    };

    /// <summary>Only when nothing is in doubt: a call that may have been carried out cannot be canceled.</summary>
    public static Delivery Cancel(this Delivery delivery, DateTimeOffset now) => delivery with
    {
        Status = DeliveryStatus.Canceled, LeasedBy = null, DueAt = null, UpdatedAt = now,
    };

    /// <summary>A person wants it tried again, with a fresh count of tries and, if it had expired, a fresh window.</summary>
    public static Delivery RetryByHand(this Delivery delivery, DateTimeOffset now) => delivery with
    {
        Status = DeliveryStatus.Retrying, DueAt = now, LeasedBy = null, Reason = null, Tries = 0, LaneTries = 0, LookUps = 0,
        InDoubt = false, CancelRequested = false, UpdatedAt = now,
        ExpiresAt = delivery.ExpiresAt > now ? delivery.ExpiresAt : now + (delivery.ExpiresAt - delivery.CreatedAt),
    };

    private static string? Cut(string? message) => message?.UpTo(MaxMessage);
}
