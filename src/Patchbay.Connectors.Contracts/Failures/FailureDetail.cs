namespace Patchbay.Connectors.Contracts;

/// <summary>Why a payment, refund, payout or message failed, as an answer or a webhook tells it.</summary>
/// <param name="Code">The provider's own code, else the connector's word for it.</param>
/// <param name="Message">For an operator; null when nothing is known.</param>
/// <param name="Reason">Null for a code of the provider's that the connector does not know: it is counted, and shown as it is.</param>
public sealed record FailureDetail(string Code, string? Message, FailureReason? Reason)
{
    /// <summary>What is shown as the reason.</summary>
    public FailureReason ReasonOrOther => Reason ?? FailureReason.Other;
}

/// <summary>An answer that may tell of a failure.</summary>
public interface ITellFailure
{
    /// <summary>Null when nothing failed.</summary>
    FailureDetail? Failure { get; }
}
