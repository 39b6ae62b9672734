namespace Patchbay.Sandbox.Ledger;

/// <summary>The ledger as the control API shows it.</summary>
internal sealed record LedgerView(
    Dictionary<string, Dictionary<string, long>> Requests,
    Dictionary<string, Dictionary<string, long>> Done,
    LedgerPage PaymentsPerReference,
    LedgerPage ChargesPerReference,
    LedgerPage RefundsPerReference,
    LedgerPage RefundedPerPayment,
    LedgerPage PayoutsPerReference,
    LedgerPage MessagesPerRef,
    int DistinctTexts,
    Dictionary<string, WebhookCounts> Webhooks);

/// <summary>A bounded view of a long tally: the highest counts first.</summary>
internal sealed record LedgerPage(int Total, int Repeated, Dictionary<string, long> Entries)
{
    public static LedgerPage Of(Tally<string> tally, int limit)
    {
        var entries = tally.Entries().ToList();
        return new LedgerPage(
            entries.Count,
            entries.Count(entry => entry.Value > 1),
            entries.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(limit).ToDictionary());
    }
}
