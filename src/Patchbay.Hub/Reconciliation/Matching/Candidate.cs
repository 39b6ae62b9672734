using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>How far something has come that an entry may stand for.</summary>
public enum CandidateState
{
    /// <summary>The money is awaited.</summary>
    Open,

    /// <summary>The money was moved, as far as the hub knows.</summary>
    Moved,

    /// <summary>No money was moved, as far as the hub knows, and none is awaited.</summary>
    Ended,
}

/// <summary>What an entry may stand for: a payment, a refund or a payout.</summary>
/// <param name="Subject">TypeID.</param>
/// <param name="Amount">What an entry of it is expected to be of.</param>
/// <param name="Reference">What the caller calls it; null where callers give it no name.</param>
/// <param name="ProviderReference">What its provider calls it, or for bank transfers the hub; null until it does.</param>
/// <param name="CustomerName">Null when it is not known.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Status">As the API words it.</param>
public sealed record Candidate(
    string Subject, EntryDirection Direction, IntegrationId IntegrationId, Money Amount, CandidateState State,
    string? Reference, string? ProviderReference, string? CustomerName, DateTimeOffset At, string Status)
{
    /// <summary>What it is called, its id apart.</summary>
    public IEnumerable<string> References =>
        new[] { Reference, ProviderReference }.Where(reference => !string.IsNullOrWhiteSpace(reference)).Select(reference => reference!);

    public static Candidate Of(Payment payment)
    {
        var moved = payment.Facts.Phase == PaymentPhase.Succeeded;
        return new Candidate(
            payment.Id.ToString(), EntryDirection.Incoming, payment.IntegrationId,
            moved ? payment.InMinorUnits(payment.Facts.Captured) : payment.Amount,
            moved ? CandidateState.Moved
                : payment.Facts.Phase is PaymentPhase.Failed or PaymentPhase.Expired or PaymentPhase.Canceled ? CandidateState.Ended
                : CandidateState.Open,
            payment.Reference, payment.ProviderReference,
            JsonSerializer.Deserialize<PaymentDetails>(payment.Details, HubJson.Stored)?.Customer?.Name, payment.CreatedAt,
            payment.Status.ToWord());
    }

    public static Candidate Of(Refund refund) => new(
        refund.Id.ToString(), EntryDirection.Outgoing, default, refund.Amount,
        refund.Status switch
        {
            RefundStatus.Pending => CandidateState.Open, RefundStatus.Succeeded => CandidateState.Moved, _ => CandidateState.Ended,
        },
        null, refund.ProviderReference, null, refund.CreatedAt, refund.Status.ToWord());

    public static Candidate Of(Payout payout) => new(
        payout.Id.ToString(), EntryDirection.Outgoing, payout.IntegrationId, payout.Amount,
        payout.Phase switch
        {
            PayoutPhase.Pending or PayoutPhase.RequiresAction or PayoutPhase.Processing => CandidateState.Open,
            PayoutPhase.Paid or PayoutPhase.Returned => CandidateState.Moved,
            _ => CandidateState.Ended,
        },
        payout.Reference, payout.ProviderReference, null, payout.CreatedAt, payout.Phase.ToWord());

    /// <summary>Whether an entry that holds these words holds one of its references, or its id.</summary>
    public bool IsNamedIn(EntryWords words) => words.Holds(Subject) || References.Any(words.Holds);

    /// <summary>As <see cref="IsNamedIn"/>, by no mere word: what a caller calls a payment may stand in the text of any other.</summary>
    public bool IsMeantIn(EntryWords words) => words.Holds(Subject)
        || ProviderReference is { } own && words.Holds(own) || Reference is { } given && given.Any(char.IsDigit) && words.Holds(given);
}
