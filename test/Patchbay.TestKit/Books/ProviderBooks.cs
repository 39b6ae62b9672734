using Patchbay.Sandbox.Ledger;

namespace Patchbay.TestKit;

/// <summary>
/// Compares what the clients were promised with what the providers really did: money exactly once, a message at least once.
/// </summary>
public sealed class ProviderBooks(SandboxLedger ledger, IReadOnlyCollection<LoadOperation> operations, List<string> faults)
{
    /// <summary>Messages that were sent more than once.</summary>
    public int Doubled { get; } =
        operations.Count(operation => operation is { Kind: LoadKind.Sms, Id: not null } && ledger.MessagesFor(operation.Id) > 1);

    /// <summary>Operations that the providers know nothing of.</summary>
    public int Lost { get; } = operations.Count(operation => operation.Id is null || Done(ledger, operation) == 0);

    /// <summary>Payments and refunds that were carried out more than once.</summary>
    public int DoubledMoney { get; } =
        operations.Count(operation => operation.Kind != LoadKind.Sms && operation.Id is not null && Done(ledger, operation) > 1);

    public void Check()
    {
        foreach (var operation in operations)
        {
            if (operation.Id is null)
            {
                faults.Add($"{operation.Key} was never accepted");
                continue;
            }

            var done = operation.Kind switch
            {
                LoadKind.Payment => $"{ledger.PaymentsFor(operation.Id)} payments, {ledger.ChargesFor(operation.Id)} charges",
                LoadKind.Refund => $"{ledger.RefundsFor(operation.Id)} refunds",
                _ => $"{Math.Min(1, ledger.MessagesFor(operation.Id))} or more messages",
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

    private static long Done(SandboxLedger ledger, LoadOperation operation) => operation.Kind switch
    {
        LoadKind.Payment => Math.Min(ledger.PaymentsFor(operation.Id!), ledger.ChargesFor(operation.Id!)) is 0
            ? 0 : Math.Max(ledger.PaymentsFor(operation.Id!), ledger.ChargesFor(operation.Id!)),
        LoadKind.Refund => ledger.RefundsFor(operation.Id!),
        _ => ledger.MessagesFor(operation.Id!),
    };

    private void Compare(string work, long done, LoadKind kind)
    {
        var promised = operations.Count(operation => operation.Kind == kind);
        if (done != promised)
            faults.Add($"{done} {work} were done, {promised} were accepted");
    }
}
