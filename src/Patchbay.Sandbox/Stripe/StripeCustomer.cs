using System.Globalization;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary>The person at the payment page: comes by after a while, or acts when told to.</summary>
internal sealed class StripeCustomer(SandboxWorld world, StripeBooks books, StripeCashier cashier)
{
    /// <summary>Comes after the customer delay and acts as the code says, unless paying by themselves is switched off by then.</summary>
    public void ComesFor(StripeSession session) => world.WhenCustomerComes(() => Act(session));

    public void ComesFor(StripePayment payment) => world.WhenCustomerComes(() => Act(payment));

    /// <summary>Pays a session or a payment intent; false when there is none that waits for it.</summary>
    public bool Pay(string id) => Do(id, (payment, isNew) => cashier.Approve(payment, isNew: isNew));

    /// <summary>Tries to pay with a card that the bank declines.</summary>
    public bool Decline(string id) => Do(id, (payment, isNew) => cashier.Decline(payment, StripeDecline.Generic, isNew));

    public PayView? Show(string id)
    {
        if (books.Session(id) is { } session)
        {
            var back = session.SuccessUrl.Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal);
            lock (session.Gate)
                return View(id, session.Amount, session.Currency, session.Reference, session.Status == "open", back);
        }

        if (books.Payment(id) is not { } payment)
            return null;
        lock (payment.Gate)
            return View(id, payment.Amount, payment.Currency, payment.Reference, payment.AwaitsCustomer, payment.ReturnUrl);
    }

    private void Act(StripeSession session)
    {
        switch (session.Code)
        {
            case MagicCodes.CustomerLeaves:
                break;
            case MagicCodes.SessionExpires:
                lock (session.Gate)
                {
                    if (session.Status == "open")
                        cashier.Expire(session);
                }

                break;
            default:
                Do(session, TryToPay);
                break;
        }
    }

    private void Act(StripePayment payment)
    {
        if (payment.Code is not (MagicCodes.CustomerLeaves or MagicCodes.SessionExpires))
            Do(payment, TryToPay);
    }

    private void TryToPay(StripePayment payment, bool isNew)
    {
        switch (StripeBank.Ask(payment.Code, StripeCashier.Card))
        {
            case BankAnswer.Declined:
                cashier.Decline(payment, StripeDecline.Generic, isNew);
                break;
            case BankAnswer.Later:
                cashier.Process(payment, isNew: isNew);
                break;
            default:
                cashier.Approve(payment, isNew: isNew);
                break;
        }
    }

    private bool Do(string id, Action<StripePayment, bool> act) =>
        books.Session(id) is { } session ? Do(session, act) : books.Payment(id) is { } payment && Do(payment, act);

    private bool Do(StripeSession session, Action<StripePayment, bool> act)
    {
        lock (session.Gate)
        {
            if (session.Status != "open")
                return false;
            var isNew = session.Payment is null;
            act(session.Payment ??= Begin(session), isNew);
            return true;
        }
    }

    private static bool Do(StripePayment payment, Action<StripePayment, bool> act)
    {
        lock (payment.Gate)
        {
            if (!payment.AwaitsCustomer)
                return false;
            act(payment, false);
            return true;
        }
    }

    private StripePayment Begin(StripeSession session)
    {
        var payment = new StripePayment(
            session.Account, world.Ids.Letters("pi_"), session.Amount, session.Currency, world.Now.ToUnixTimeSeconds(), session.Gate)
        {
            Session = session,
            ManualCapture = session.ManualCapture,
            Metadata = session.PaymentMetadata,
            Description = session.PaymentDescription,
            Code = session.Code,
        };
        books.Add(payment);
        return payment;
    }

    private static PayView View(string id, long amount, string code, string? reference, bool isOpen, string? returnUrl)
    {
        // Stripe counts ISK and UGX in hundredths, though they have none.
        var currency = Currency.Parse(code);
        var decimals = currency.Code is "ISK" or "UGX" ? 2 : currency.Exponent;
        var written = (amount / (decimal)Math.Pow(10, decimals)).ToString("F" + decimals, CultureInfo.InvariantCulture);
        return new PayView($"{written} {currency.Code}", reference ?? id, isOpen, returnUrl);
    }
}
