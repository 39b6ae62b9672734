using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>What is told of statements and their entries. The data is the statement, or the entry.</summary>
internal static class ReconciliationEvents
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 15, 0, TimeSpan.Zero);
    private static readonly StatementId Statement = StatementId.Parse("stm_01kank5t7yec2v9w3r8m4h6d1q", null);
    private static readonly IntegrationId Account = IntegrationId.Parse("int_01kanwzq3se8fbx0t2d7j4m9rk", null);

    public static readonly EventType StatementImported = EventType.Of(
        "reconciliation.statement_imported", "All entries of a statement were taken up", new StatementView(
            Statement, IntegrationMode.Live, StatementStatus.Imported, StatementFormat.Camt053, Account,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "2026-11-19", "2026-11-20", 42, 3, 0, 38, 4,
            "key_01kanwxh2be4vr8m5t9c3w6d7q", At));

    public static readonly EventType EntryMatched = EventType.Of(
        "reconciliation.entry_matched", "An entry stands for a payment, a refund or a payout from now on", new EntryView(
            StatementEntryId.Parse("ste_01kank2b5wev4t8y6h3m9d7q1r", null), IntegrationMode.Live, EntryStatus.Matched, Statement, Account,
            "DE89370400440532013000", 12, "2026-11-20", "2026-11-20", EntryDirection.Incoming, false, "125.50", "EUR", null,
            "2026112000017", "NC7F3Q9XKD", "2026112000017", "Ada Byron", "Order 1042 NC7F3Q9XKD",
            PaymentId.Parse("pay_01kanx0fv9e5vbr9b7xw6n4c2m", null), null, null, "exact reference and amount",
            "key_01kanwxh2be4vr8m5t9c3w6d7q", At, At, At, []));
}
