using FsCheck;
using FsCheck.Fluent;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Hub.Payments;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Payments;

public sealed class PaymentProperties
{
    private const long Amount = 10_000;

    private static readonly Currency Euro = Currency.Parse("EUR");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What providers may say, in any combination, also contradictory.</summary>
    private static readonly Gen<PaymentState> States =
        from status in Gen.Elements(
            PaymentStatus.Pending, PaymentStatus.RequiresAction, PaymentStatus.Processing, PaymentStatus.Authorized, PaymentStatus.Failed,
            PaymentStatus.Canceled, PaymentStatus.Expired, PaymentStatus.Succeeded)
        from captured in Gen.Choose(-100, 15_000)
        from refunded in Gen.Choose(-100, 15_000)
        from tells in Gen.Choose(0, 3)
        from failure in Gen.Elements(null, "card_declined", "expired_card")
        from at in Gen.Choose(0, 3)
        from reference in Gen.Elements("cs_1", "pi_1")
        select new PaymentState(reference, status)
        {
            Captured = (tells & 1) == 0 ? null : new Money(captured, Euro),
            Refunded = (tells & 2) == 0 ? null : new Money(refunded, Euro),
            Failure = failure is null ? null : new FailureDetail(failure, null, null), At = Noon.AddSeconds(at),
            ProviderData = new Dictionary<string, string> { [reference == "cs_1" ? "checkout_session" : "payment_intent"] = reference },
        };

    [Fact]
    public void No_report_ever_moves_a_payment_backwards() => Check(Gen.ListOf(States), states =>
    {
        var payment = NewPayment();
        foreach (var state in states)
        {
            var next = PaymentChanges.Join(payment, state, Noon);
            if (next.Facts.Phase < payment.Facts.Phase || next.Facts.Captured < payment.Facts.Captured
                || next.RefundedAt < payment.RefundedAt || next.LastFailureAt < payment.LastFailureAt)
                return false;
            payment = next;
        }

        return true;
    });

    [Fact]
    public void The_order_and_the_number_of_reports_do_not_matter() => Check(
        from states in Gen.ListOf(States)
        from order in Gen.Shuffle(states.Concat(states).ToArray())
        select (states, order),
        both => Shown(After(both.states)).Equals(Shown(After(both.order))));

    [Fact]
    public void A_payment_never_shows_more_than_was_asked_for() => Check(Gen.ListOf(States), states =>
        After(states).Facts is { Captured: >= 0 and <= Amount, Refunded: >= 0 and <= Amount });

    /// <summary>A webhook may come before the answer that says what the customer is to do.</summary>
    [Fact]
    public void It_asks_for_an_action_once_it_is_known_which()
    {
        var told = PaymentChanges.Join(NewPayment(), new PaymentState("pi_1", PaymentStatus.RequiresAction), Noon);
        var action = new NextAction("redirect", new Uri("https://pay.example"));
        var answered = PaymentChanges.Join(
            told, new PaymentState("pi_1", PaymentStatus.RequiresAction) { NextAction = action }, Noon, isAnswer: true);

        Assert.Equal((PaymentStatus.Pending, PaymentStatus.RequiresAction), (told.Status, answered.Status));
    }

    [Fact]
    public void The_payments_own_id_is_never_given_up_for_its_pages_again() => Check(Gen.ListOf(States), states =>
    {
        var payment = NewPayment();
        var known = false;
        foreach (var state in states.Prepend(new PaymentState(
            "cs_1", PaymentStatus.RequiresAction) { ProviderData = new Dictionary<string, string> { ["checkout_session"] = "cs_1" } }))
        {
            payment = PaymentChanges.Join(payment, state, Noon);
            known |= state.ProviderReference == "pi_1";
            if (known && payment.ProviderReference != "pi_1")
                return false;
        }

        return true;
    });

    /// <summary>Refunds are asked for, end well or badly, and webhooks tell totals, in any order.</summary>
    [Fact]
    public void Refunds_never_reserve_more_than_was_captured() => Check(
        Gen.ListOf(from kind in Gen.Choose(0, 4) from size in Gen.Choose(1, 8_000) select (kind, size)),
        moves =>
        {
            var payment = PaymentChanges.Join(NewPayment(), new PaymentState("pi_1", PaymentStatus.Succeeded), Noon);
            var (open, ended) = (new Queue<long>(), new Queue<long>());
            foreach (var (kind, size) in moves)
            {
                if (kind == 0 && size <= payment.Refundable)
                {
                    payment = payment with { RefundReserved = payment.RefundReserved + size };
                    open.Enqueue(size);
                }
                else if (kind == 1 && open.TryDequeue(out var done))
                {
                    payment = RefundBooks.Succeeded(payment, done);
                    ended.Enqueue(done);
                }
                else if (kind == 2 && open.TryDequeue(out var failed))
                {
                    payment = RefundBooks.Failed(payment, failed, hadSucceeded: false, at: null);
                }
                else if (kind == 3)
                {
                    payment = PaymentChanges.Join(
                        payment, new PaymentState("pi_1", PaymentStatus.Succeeded) { Refunded = new Money(size, Euro) }, Noon);
                }

                else if (kind == 4 && ended.TryDequeue(out var returned))
                {
                    payment = RefundBooks.Failed(payment, returned, hadSucceeded: true, at: null);
                }

                if (payment.RefundReserved > payment.Facts.Captured || payment.RefundSucceeded > payment.RefundReserved
                    || payment.RefundReserved < 0 || payment.RefundSucceeded != ended.Sum())
                    return false;
            }

            return true;
        });

    /// <summary>What callers see of a payment but for the reason of a failure, of which the last one told is as good as any.</summary>
    private static object Shown(Payment payment) =>
        (payment.Facts, payment.Status, payment.LastFailureCode, payment.LastFailureAt, payment.ProcessingAt);

    /// <summary>The total tells of what came back, too: whichever is heard first.</summary>
    [Fact]
    public void A_refund_that_came_back_and_totals_of_before_and_after_give_the_same_in_any_order() => Check(
        from outside in Gen.Choose(0, 3_000)
        from order in Gen.Shuffle(new[] { 0, 1, 2, 2, 0 })
        select (outside, order),
        both =>
        {
            var start = PaymentChanges.Join(NewPayment(), new PaymentState("pi_1", PaymentStatus.Succeeded), Noon);
            start = RefundBooks.Succeeded(start with { RefundReserved = 4_000 }, 4_000);
            var (payment, returned) = (start, false);
            foreach (var step in both.order)
            {
                payment = step switch
                {
                    0 => PaymentChanges.Join(payment, Totalling(4_000, at: 1), Noon),
                    1 when !returned => RefundBooks.Failed(payment, 4_000, hadSucceeded: true, Noon.AddSeconds(2)),
                    2 => PaymentChanges.Join(payment, Totalling(both.outside, at: 3), Noon),
                    _ => payment,
                };
                returned |= step == 1;
            }

            return (payment.Refunded, payment.RefundSucceeded, payment.RefundReserved) == (both.outside, 0, 0);

            static PaymentState Totalling(long minorUnits, int at) => new("pi_1", PaymentStatus.Succeeded)
            {
                Refunded = new Money(minorUnits, Euro), At = Noon.AddSeconds(at),
            };
        });

    private static Payment After(IEnumerable<PaymentState> states) =>
        states.Aggregate(NewPayment(), (payment, state) => PaymentChanges.Join(payment, state, Noon));

    private static Payment NewPayment() => new()
    {
        TenantId = new TenantId(Guid.Empty), Id = new PaymentId(Guid.Empty), Mode = IntegrationMode.Live, Amount = new Money(Amount, Euro),
        Reference = "r", Capture = CaptureMethod.Automatic, Details = "{}", IntegrationId = new IntegrationId(Guid.Empty),
        CreatedAt = Noon, UpdatedAt = Noon,
    };

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) => Prop.ForAll(gen.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
