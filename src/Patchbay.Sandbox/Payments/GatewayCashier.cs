using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Payments;

/// <summary>Takes payments and refunds from one state to the next, and tells of it.</summary>
/// <param name="vendor">For the ledger.</param>
/// <param name="merchantCompletes">Customers only agree, and the merchant completes the payment.</param>
/// <param name="declineIsFinal">Else the customer may try again.</param>
/// <param name="tell">Called with the gate held, so that news leave in the order in which they happened.</param>
internal sealed class GatewayCashier(
    string vendor, SandboxWorld world, bool merchantCompletes, bool declineIsFinal, Action<GatewayNews> tell)
{
    /// <summary>The customer comes after a while and acts as the code says.</summary>
    public void Expect(GatewayPayment payment) => world.WhenCustomerComes(() => Do(payment, Act));

    /// <summary>Does something that only the customer can; false when the payment does not wait for one.</summary>
    public static bool Do(GatewayPayment payment, Action<GatewayPayment> act)
    {
        lock (payment.Gate)
        {
            if (payment.Status != GatewayStatus.Open)
                return false;
            act(payment);
            return true;
        }
    }

    /// <summary>The customer agrees, and has paid with that unless the merchant has to complete it.</summary>
    public void Approve(GatewayPayment payment) => Agree(payment, declined: false);

    /// <summary>The bank declines: at once, or what the customer agreed to once the merchant completes it.</summary>
    public void Decline(GatewayPayment payment)
    {
        if (merchantCompletes)
        {
            Agree(payment, declined: true);
            return;
        }

        payment.IsDeclined = true;
        if (declineIsFinal)
            payment.Status = GatewayStatus.Failed;
        tell(new GatewayNews(GatewayEvent.Declined, payment));
    }

    /// <summary>The merchant completes what the customer agreed to; false when the bank declines.</summary>
    public bool Complete(GatewayPayment payment)
    {
        if (payment.WillBeDeclined)
        {
            payment.Status = declineIsFinal ? GatewayStatus.Failed : GatewayStatus.Open;
            (payment.IsDeclined, payment.WillBeDeclined) = (true, false);
            return false;
        }

        if (payment.Code is MagicCodes.PaidLater or MagicCodes.FailsLater)
            PayLater(payment);
        else
            Pay(payment);
        return true;
    }

    private void Agree(GatewayPayment payment, bool declined)
    {
        if (!merchantCompletes)
        {
            Pay(payment);
            return;
        }

        (payment.Status, payment.WillBeDeclined) = (GatewayStatus.Approved, declined);
        tell(new GatewayNews(GatewayEvent.Approved, payment));
    }

    private void Pay(GatewayPayment payment)
    {
        payment.IsDeclined = false;
        payment.Status = payment.Order.ManualCapture ? GatewayStatus.Authorized : GatewayStatus.Paid;
        payment.WasAuthorized = payment.Order.ManualCapture;
        if (!payment.Order.ManualCapture)
            payment.Captured = payment.Amount;
        world.Ledger.CountCharge(vendor, payment.Order.Reference);
        tell(new GatewayNews(payment.Order.ManualCapture ? GatewayEvent.Authorized : GatewayEvent.Paid, payment));
        if (payment.Code == MagicCodes.Disputed)
            world.Agenda.After(world.Options.CustomerDelay, () => Dispute(payment));
    }

    public void Capture(GatewayPayment payment, Money amount)
    {
        (payment.Status, payment.Captured) = (GatewayStatus.Paid, amount);
        world.Ledger.CountDone(vendor, "captures");
        tell(new GatewayNews(GatewayEvent.Paid, payment));
    }

    public void Cancel(GatewayPayment payment)
    {
        payment.Status = GatewayStatus.Canceled;
        world.Ledger.CountDone(vendor, "cancellations");
        tell(new GatewayNews(GatewayEvent.Canceled, payment));
    }

    public void Refund(GatewayRefund refund, string? code)
    {
        refund.Payment.Refunded += refund.Amount;
        refund.Status = code is MagicCodes.RefundPending or MagicCodes.RefundFailsLater
            ? GatewayRefundStatus.Pending
            : GatewayRefundStatus.Succeeded;
        world.Ledger.CountRefund(vendor, refund.Payment.Id, refund.Reference, refund.Amount.MinorUnits);
        tell(new GatewayNews(GatewayEvent.RefundCreated, refund.Payment, refund));
        if (refund.Status == GatewayRefundStatus.Pending)
            world.Agenda.After(world.Options.CustomerDelay, () => Settle(refund, succeeds: code == MagicCodes.RefundPending));
    }

    private void Act(GatewayPayment payment)
    {
        switch (payment.Code)
        {
            case MagicCodes.CustomerLeaves:
                break;
            case MagicCodes.SessionExpires:
                payment.Status = GatewayStatus.Expired;
                world.Ledger.CountDone(vendor, "expirations");
                tell(new GatewayNews(GatewayEvent.Expired, payment));
                break;
            case MagicCodes.Declined or MagicCodes.InsufficientFunds:
                Decline(payment);
                break;
            case MagicCodes.PaidLater or MagicCodes.FailsLater when !merchantCompletes:
                PayLater(payment);
                break;
            default:
                Approve(payment);
                break;
        }
    }

    private void PayLater(GatewayPayment payment)
    {
        payment.Status = GatewayStatus.Processing;
        tell(new GatewayNews(GatewayEvent.Processing, payment));
        world.Agenda.After(world.Options.CustomerDelay, () => Settle(payment));
    }

    private void Settle(GatewayPayment payment)
    {
        lock (payment.Gate)
        {
            if (payment.Code != MagicCodes.FailsLater)
            {
                Pay(payment);
                return;
            }

            payment.Status = GatewayStatus.Failed;
            tell(new GatewayNews(GatewayEvent.Failed, payment));
        }
    }

    private void Dispute(GatewayPayment payment)
    {
        lock (payment.Gate)
        {
            payment.IsDisputed = true;
            tell(new GatewayNews(GatewayEvent.Disputed, payment));
        }
    }

    private void Settle(GatewayRefund refund, bool succeeds)
    {
        lock (refund.Payment.Gate)
        {
            refund.Status = succeeds ? GatewayRefundStatus.Succeeded : GatewayRefundStatus.Failed;
            if (!succeeds)
            {
                refund.Payment.Refunded -= refund.Amount;
                world.Ledger.CountFailedRefund(refund.Payment.Id, refund.Amount.MinorUnits);
            }

            tell(new GatewayNews(GatewayEvent.RefundSettled, refund.Payment, refund));
        }
    }
}
