namespace Patchbay.Sandbox.Ledger;

/// <summary>What became of one vendor's webhooks.</summary>
/// <param name="Due">Webhooks it set out to send, duplicates and withheld ones included.</param>
/// <param name="Delivered">Answered with a 2xx.</param>
/// <param name="FailedAttempts">Attempts that got another answer, or none.</param>
/// <param name="GivenUp">Never delivered: every attempt failed.</param>
/// <param name="Withheld">Never sent, because a fault or a magic value said so.</param>
public sealed record WebhookCounts(long Due, long Delivered, long FailedAttempts, long GivenUp, long Withheld)
{
    /// <summary>Still to be sent, or to be sent again.</summary>
    public long Pending => Due - Delivered - GivenUp - Withheld;
}
