using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Payouts;

/// <summary>What is told of payouts. The data is the payout.</summary>
internal static class PayoutEvents
{
    public static readonly EventType Created =
        Of("created", "A payout was accepted: it waits for a second person, or for the provider's answer", PayoutPhase.PendingApproval);

    public static readonly EventType RequiresAction =
        Of("requires_action", "The receiver has to say where the money goes: next_action tells how", PayoutPhase.RequiresAction);

    public static readonly EventType Processing = Of("processing", "The provider has it", PayoutPhase.Processing);

    public static readonly EventType Paid = Of("paid", "The money arrived, as far as the provider can tell", PayoutPhase.Paid);

    public static readonly EventType Failed = Of("failed", "It was not sent", PayoutPhase.Failed);

    public static readonly EventType Returned = Of("returned", "It was sent and came back", PayoutPhase.Returned);

    public static readonly EventType Canceled = Of("canceled", "It was canceled; nothing was sent", PayoutPhase.Canceled);

    /// <summary>What tells of a new phase; null when nothing does.</summary>
    public static EventType? Became(PayoutPhase phase) => phase switch
    {
        PayoutPhase.RequiresAction => RequiresAction,
        PayoutPhase.Processing => Processing,
        PayoutPhase.Paid => Paid,
        PayoutPhase.Failed => Failed,
        PayoutPhase.Returned => Returned,
        PayoutPhase.Canceled => Canceled,
        _ => null,
    };

    private static EventType Of(string name, string description, PayoutPhase phase)
    {
        var at = new DateTimeOffset(2026, 11, 21, 16, 30, 0, TimeSpan.Zero);
        var (known, failed) = (phase > PayoutPhase.Canceled || phase == PayoutPhase.Processing, phase == PayoutPhase.Failed);
        return EventType.Of("payout." + name, description, new PayoutView(
            PayoutId.Parse("pyo_01kanx4r6ye8hb5s2d9m7c1q3w", null), IntegrationMode.Live, phase, "150.00", "EUR", "wd-1001", "cus_17",
            "DE", new PayoutDestinationView(PayoutMethod.BankAccount, "Ann Example", "••••3000", null, "DE"),
            IntegrationId.Parse("int_01kanwzq3se8fbx0t2d7j4m9rk", null), known ? "5UXD2E8A7EBQJ" : null,
            "key_01kanv7d2he9rt4m6w8b3x5z1q", null,
            phase == PayoutPhase.RequiresAction
                ? new NextActionView("embed", new Uri("https://cashier.example.com/s/7f3a"), null, null,
                    new Uri("https://cashier.example.com/cashier.js"), null, "7f3a91", null, null)
                : null,
            failed ? FailureReason.InsufficientBalance : null, failed ? "insufficient_funds" : null,
            failed ? "The balance does not suffice." : null, new Dictionary<string, string>(), at, known ? at.AddSeconds(3) : at));
    }
}
