using Patchbay.DurabilityTests.Load;
using Patchbay.Sandbox.Ledger;

namespace Patchbay.DurabilityTests.Books;

/// <summary>Compares what the clients were promised with what the providers really did: money exactly once, a message at least once.</summary>
internal sealed class ProviderBooks(SandboxLedger ledger, IReadOnlyCollection<LoadOperation> operations, List<string> faults)
{
    /// <summary>Messages that were sent more than once.</summary>
    public int Doubled { get; } = operations.Count(operation => operation.Kind == LoadKind.Sms && ledger.MessagesFor(operation.Id!) > 1);

    public void Check()
    {
        foreach (var operation in operations)
        {
            var done = operation.Kind switch
            {
                LoadKind.Payment => $"{ledger.PaymentsFor(operation.Id!)} payments, {ledger.ChargesFor(operation.Id!)} charges",
                LoadKind.Refund => $"{ledger.RefundsFor(operation.Id!)} refunds",
                _ => $"{Math.Min(1, ledger.MessagesFor(operation.Id!))} or more messages",
            };
            if (done is not ("1 payments, 1 charges" or "1 refunds" or "1 or more messages"))
                faults.Add($"{operation.Key} ({operation.Id}): {done}");
        }

        if (ledger.RepeatedPayments is { Count: > 0 } repeated)
            faults.Add($"Paid more than once: {string.Join(", ", repeated)}");
        Compare("payments", ledger.Done("stripe", "payments"), LoadKind.Payment);
        Compare("charges", ledger.Done("stripe", "charges"), LoadKind.Payment);
        Compare("refunds", ledger.Done("stripe", "refunds"), LoadKind.Refund);
    }

    private void Compare(string work, long done, LoadKind kind)
    {
        var promised = operations.Count(operation => operation.Kind == kind);
        if (done != promised)
            faults.Add($"{done} {work} were done, {promised} were accepted");
    }
}
